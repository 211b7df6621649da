import { PERMISSIONS, type Permission } from '../../model/levels.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { ActionSet } from './action-set.js';
import type { ActionInfo, Catalogue } from './catalogue.js';
import type { Grant } from './grants.js';
import { type GraphDraft, shorten } from './graph.js';
import type { Authorised } from './principals.js';
import type { Resources } from './resources.js';

/** How many actions a piece of evidence names. */
const ACTIONS_SHOWN = 3;

/** The highest level found so far on one thing, and what gives it: actions by statement. */
interface Found {
  level: Permission;
  causes: Map<string, Set<string>>;
}

type Levels = Map<string, Found>;

/** What actions on `*` give: levels by service, and the services in which every action is allowed. */
interface General {
  readonly levels: Levels;
  readonly ruled: ReadonlySet<string>;
}

const rank = (permission: Permission | undefined) => (permission ? PERMISSIONS.indexOf(permission) : -1);

function note(levels: Levels, key: string, level: Permission, label: string, action: string): void {
  let found = levels.get(key);
  if (!found || rank(level) > rank(found.level)) {
    found = { level, causes: new Map() };
    levels.set(key, found);
  }
  if (found.level !== level) return;
  const actions = found.causes.get(label);
  if (actions) actions.add(action);
  else found.causes.set(label, new Set([action]));
}

/** Whether the allowance is everything: every action there is, on every resource, in one statement or several. */
export function isAdministrator(grants: readonly Grant[], catalogue: Catalogue): boolean {
  return catalogue.all.minus(onEverything(grants, catalogue)).isEmpty;
}

function onEverything(grants: readonly Grant[], catalogue: Catalogue): ActionSet {
  return grants
    .filter(({ pattern }) => pattern === '*')
    .reduce((sum, { actions }) => sum.union(actions), catalogue.setOf([]));
}

/** Writes the CAN_ACCESS of one principal, as the Resources of its account are laid out. */
export class AccessWriter {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly resources: Resources,
    private readonly graph: GraphDraft,
  ) {}

  write({ id, written }: Authorised): void {
    const { grants } = written;
    if (isAdministrator(grants, this.catalogue)) {
      this.relate(id, this.resources.whole(), 'ADMIN', this.administering(grants));
      return;
    }
    const general = this.generalLevels(grants);
    this.writeServices(id, general);
    this.writePatterns(id, grants, general.levels);
  }

  /** The statements that give everything by themselves; where none does, all that do together. */
  private administering(grants: readonly Grant[]): string[] {
    const general = grants.filter(({ pattern }) => pattern === '*');
    const alone = general.filter((grant) => isAdministrator([grant], this.catalogue));
    return (alone.length > 0 ? alone : general).map(({ label }) => label);
  }

  /** The levels that actions on `*` give: by service, and by `<service>/itself` where they act on no resource. */
  private generalLevels(grants: readonly Grant[]): General {
    const levels: Levels = new Map();
    const everything = onEverything(grants, this.catalogue);
    const ruled = new Set(
      this.catalogue.services.filter((service) =>
        this.catalogue.actionsOf(service).every((action) => everything.has(action)),
      ),
    );
    for (const { pattern, actions, label } of grants) {
      if (pattern !== '*') continue;
      for (const at of actions.members()) {
        const action = this.catalogue.actions[at] as ActionInfo;
        const { service, level, name } = action;
        if (ruled.has(service)) note(levels, service, this.ruling(service), label, name);
        else note(levels, action.targets.length > 0 ? service : `${service}/itself`, level, label, name);
      }
    }
    return { levels, ruled };
  }

  /**
   * Half of all services or more at one level are written as one Resource, the others one by one. For ADMIN
   * only those count in which all is allowed, because the Resource is named as if it were so.
   */
  private writeServices(id: string, { levels, ruled }: General): void {
    const best = (service: string) =>
      Math.max(rank(levels.get(service)?.level), rank(levels.get(`${service}/itself`)?.level));
    const given = new Map<string, number>();
    for (const level of [...PERMISSIONS].reverse()) {
      const reached = this.catalogue.services.filter((service) =>
        level === 'ADMIN' ? ruled.has(service) : !given.has(service) && best(service) >= rank(level),
      );
      if (reached.length * 2 < this.catalogue.services.length) continue;
      for (const service of reached) given.set(service, rank(level));
      const labels = [...levels.values()].flatMap(({ causes }) => [...causes.keys()]);
      this.relate(id, this.resources.services(new Set(reached)), level, labels);
    }
    for (const [key, found] of levels) {
      const [service] = key.split('/') as [string];
      if ((given.get(service) ?? -1) >= rank(found.level)) continue;
      if (key === service)
        this.relate(id, this.resources.service(service), found.level, this.evidenceOf(service, found));
      else if (rank(levels.get(service)?.level) < rank(found.level)) {
        this.relate(id, this.resources.itself(service), found.level, this.evidenceOf(service, found));
      }
    }
  }

  private writePatterns(id: string, grants: readonly Grant[], general: Levels): void {
    const levels: Levels = new Map();
    for (const { pattern, actions, label } of grants) {
      if (pattern !== '*') this.findLevels(levels, pattern, actions, label);
    }
    for (const [pattern, found] of levels) {
      const service = pattern.split(':')[2] ?? '';
      // What the service as a whole already gives is not said again for a part of it.
      const given = this.resources.isForeign(pattern) ? -1 : rank(general.get(service)?.level);
      if (given >= rank(found.level)) continue;
      this.relate(id, this.resources.pattern(pattern), found.level, this.evidenceOf(service, found));
    }
  }

  private findLevels(levels: Levels, pattern: string, actions: ActionSet, label: string): void {
    const service = pattern.split(':')[2] ?? '*';
    const candidates = actions
      .members()
      .filter((at) => this.catalogue.actsOn(this.catalogue.actions[at] as ActionInfo, pattern));
    for (const at of candidates) {
      const action = this.catalogue.actions[at] as ActionInfo;
      note(levels, pattern, action.level, label, action.name);
    }
    const rules = this.isAll(this.catalogue.actionsOf(service), actions, pattern);
    if (candidates.length > 0 && rules && levels.get(pattern)?.level !== 'READ') {
      note(levels, pattern, 'ADMIN', label, `${service}:*`);
    }
  }

  /** Whether `actions` has every action of a service that can act on the pattern. */
  private isAll(known: readonly number[], actions: ActionSet, pattern: string): boolean {
    return (
      known.length > 0 &&
      known.every(
        (at) => actions.has(at) || !this.catalogue.actsOn(this.catalogue.actions[at] as ActionInfo, pattern),
      )
    );
  }

  /**
   * The level of whoever may do all there is to do in a service: they rule it, even where AWS calls none of
   * its actions permissions management; but where there is nothing but reading, they read.
   */
  private ruling(service: string): Permission {
    const writes = this.catalogue
      .actionsOf(service)
      .some((at) => this.catalogue.actions[at]?.level !== 'READ');
    return writes ? 'ADMIN' : 'READ';
  }

  /** Statements with their actions; where one gives the whole service by itself, no others are named. */
  private evidenceOf(service: string, { causes }: Found): string[] {
    const count = this.catalogue.actionsOf(service).length;
    const whole = [...causes].filter(([, actions]) => actions.size === count);
    if (whole.length > 0) return whole.map(([label]) => `${label} (${service}:*)`);
    return [...causes].map(
      ([label, actions]) => `${label} (${shorten([...actions].sort(compareUtf8), ACTIONS_SHOWN, ', ')})`,
    );
  }

  private relate(from: string, to: string, permission: Permission, evidence: readonly string[]): void {
    this.graph.relate('CAN_ACCESS', from, to, evidence, { permission });
  }
}
