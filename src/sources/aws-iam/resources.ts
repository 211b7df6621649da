import { createHash } from 'node:crypto';
import { compareUtf8 } from '../../model/utf8.js';
import { idOf, splitArn } from './arn.js';
import { covers, intersects, isPattern } from './globs.js';
import type { GraphDraft } from './graph.js';

/** The most services that the name of a set lists as left out. A set that leaves out more is named by its size. */
const EXCEPTIONS_SHOWN = 8;

/** What a Resource of this source contains, in the forms that {@link Resources} explains. */
type Extent =
  | { readonly shape: 'account' }
  | { readonly shape: 'services'; readonly services: ReadonlySet<string> }
  | { readonly shape: 'service'; readonly service: string }
  | { readonly shape: 'itself'; readonly service: string }
  | {
      readonly shape: 'pattern';
      readonly pattern: string;
      readonly service: string;
      readonly foreign: boolean;
    };

/**
 * The Resources of one account, widest first:
 *
 * - `aws:<account>/account`: all of it. ADMIN on it is given for `*` on `*` only.
 * - `aws:<account>/services/…`: most services at once (NotAction, ReadOnlyAccess), instead of hundreds each.
 * - `aws:<account>/service/s3`: everything in a service: what is allowed on `*`.
 * - `aws:<account>/service/s3/itself`: listings and settings of a service that have no resource of their own.
 * - `aws:<account>/resource/<ARN or pattern>`: as policies write it. A pattern is one Resource, not expanded.
 *
 * Each CONTAINS the next narrower ones. A pattern that names another account is contained only by wider patterns.
 */
export class Resources {
  private readonly extents = new Map<string, Extent>();

  constructor(
    private readonly account: string,
    private readonly allServices: readonly string[],
    private readonly graph: GraphDraft,
  ) {}

  /** The account as a whole. */
  whole(): string {
    return this.add(
      'account',
      { shape: 'account' },
      {
        name: `AWS account ${this.account}`,
        resourceType: 'account',
        sensitivity: 'CRITICAL',
      },
    );
  }

  service(service: string): string {
    return this.add(
      `service/${service}`,
      { shape: 'service', service },
      {
        name: `${service} in AWS account ${this.account}`,
        resourceType: 'service',
        // Whoever has ADMIN on these services decides who may do what.
        ...(service === 'iam' || service === 'organizations' ? { sensitivity: 'CRITICAL' } : {}),
      },
    );
  }

  itself(service: string): string {
    return this.add(
      `service/${service}/itself`,
      { shape: 'itself', service },
      {
        name: `${service} in AWS account ${this.account}, listings and settings`,
        resourceType: 'service settings',
      },
    );
  }

  /** A set of services that is too large to be written one by one. */
  services(chosen: ReadonlySet<string>): string {
    const except = this.allServices.filter((service) => !chosen.has(service));
    const few = except.length <= EXCEPTIONS_SHOWN;
    const names = [...chosen].sort(compareUtf8);
    const digest = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
    const rest = except.length === 0 ? 'every service' : `every service except ${except.join(', ')}`;
    const what = few ? rest : `${names.length} of ${this.allServices.length} services`;
    const id = few ? `services/all${except.map((service) => `,-${service}`).join('')}` : `services/${digest}`;
    return this.add(
      id,
      { shape: 'services', services: chosen },
      {
        name: `${what} in AWS account ${this.account}`,
        resourceType: 'services',
        attributes: few ? { except } : { services: names },
      },
    );
  }

  /** The Resource of an ARN or ARN pattern in a policy. */
  pattern(pattern: string): string {
    const arn = splitArn(pattern);
    const service = arn?.service ?? '*';
    return this.add(
      `resource/${pattern}`,
      { shape: 'pattern', pattern, service, foreign: this.isForeign(pattern) },
      {
        name: pattern,
        externalId: pattern,
        resourceType: typeOf(pattern),
      },
    );
  }

  /** Whether a pattern can only match things of other accounts (or of AWS, whose account is `aws`). */
  isForeign(pattern: string): boolean {
    const account = splitArn(pattern)?.account ?? '';
    return account !== '' && !intersects(account, this.account);
  }

  /** Writes CONTAINS between all Resources that were added: to each, only from the narrowest that contain it. */
  relateContained(): void {
    const all = [...this.extents.entries()].sort(([a], [b]) => compareUtf8(a, b));
    // Patterns of two different services never contain each other, so only the others are compared.
    const general = all.filter(([, extent]) => serviceOf(extent) === undefined);
    const special = new Map<string, typeof all>();
    for (const entry of all) {
      const service = serviceOf(entry[1]);
      if (service === undefined) continue;
      const others = special.get(service);
      if (others) others.push(entry);
      else special.set(service, [entry]);
    }
    for (const [id, extent] of all) {
      const own = special.get(serviceOf(extent) ?? '') ?? [];
      const wider = [...general, ...own].filter(([, other]) => takesIn(other, extent));
      for (const [parent, parentExtent] of wider) {
        const between = wider.some(([, other]) => takesIn(parentExtent, other));
        if (!between) this.graph.relate('CONTAINS', parent, id);
      }
    }
  }

  private add(what: string, extent: Extent, properties: Readonly<Record<string, unknown>>): string {
    const id = idOf(this.account, what);
    if (!this.extents.has(id)) {
      this.extents.set(id, extent);
      this.graph.addEntity({ kind: 'Resource', id, status: 'ACTIVE', ...properties });
    }
    return id;
  }
}

/** The service of an ARN pattern that has just one; undefined for other Resources. */
function serviceOf(extent: Extent): string | undefined {
  return extent.shape === 'pattern' && !isPattern(extent.service) ? extent.service : undefined;
}

/** Whether `wide` contains all of `narrow` and is not the same. */
function takesIn(wide: Extent, narrow: Extent): boolean {
  if (narrow.shape === 'account' || wide === narrow) return false;
  if (narrow.shape === 'pattern') {
    if (wide.shape === 'pattern') {
      return covers(wide.pattern, narrow.pattern) && !covers(narrow.pattern, wide.pattern);
    }
    return !narrow.foreign && hasService(wide, narrow.service);
  }
  if (narrow.shape === 'services') {
    if (wide.shape === 'account') return true;
    return (
      wide.shape === 'services' &&
      wide.services.size > narrow.services.size &&
      [...narrow.services].every((service) => wide.services.has(service))
    );
  }
  if (wide.shape === 'service' && narrow.shape === 'service') return false;
  return hasService(wide, narrow.service);
}

/** Whether a Resource contains the whole of a service. */
function hasService(wide: Extent, service: string): boolean {
  if (wide.shape === 'account') return true;
  if (wide.shape === 'services') return wide.services.has(service);
  return wide.shape === 'service' && wide.service === service;
}

/** "s3 bucket", "iam role", "sqs": the service and, where the ARN says it, the type. */
function typeOf(pattern: string): string {
  const arn = splitArn(pattern);
  if (!arn || isPattern(arn.service)) return 'pattern';
  if (arn.service === 's3' && arn.account === '')
    return arn.resource.includes('/') ? 's3 object' : 's3 bucket';
  const type = /^([A-Za-z][\w-]*)[/:]/.exec(arn.resource)?.[1];
  return type ? `${arn.service} ${type}` : arn.service;
}
