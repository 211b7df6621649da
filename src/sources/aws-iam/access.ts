import { PERMISSIONS, type Permission } from '../../model/levels.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { ActionSet } from './action-set.js';
import type { ActionInfo, Catalogue } from './catalogue.js';
import type { Allowance, Grant } from './grants.js';
import { type GraphDraft, shorten } from './graph.js';
import type { Resources } from './resources.js';

/** How many actions a piece of evidence names. */
const ACTIONS_SHOWN = 3;

/** The highest level found so far on one thing, and the actions that give it, by statement. */
interface Found {
  level: Permission;
  causes: Map<string, Set<string>>;
}

type Levels = Map<string, Found>;

/** The access that actions on `*` give: levels by service, and the services in which every action is allowed. */
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

/** Whether everything is allowed: every action on every resource, in one statement or in several together. */
export function isAdministrator(grants: readonly Grant[], catalogue: Catalogue): boolean {
  return catalogue.all.minus(onEverything(grants, catalogue)).isEmpty;
}

function onEverything(grants: readonly Grant[], catalogue: Catalogue): ActionSet {
  return grants
    .filter(({ pattern }) => pattern === '*')
    .reduce((sum, { actions }) => sum.union(actions), catalogue.setOf([]));
}

/** Writes the CAN_ACCESS of one principal to the Resources of its account. */
export class AccessWriter {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly resources: Resources,
    private readonly graph: GraphDraft,
  ) {}

  write(id: string, { grants }: Allowance): void {
    if (isAdministrator(grants, this.catalogue)) {
      this.relate(id, this.resources.whole(), 'ADMIN', this.administering(grants));
      return;
    }
    const general = this.generalLevels(grants);
    this.writeServices(id, general);
    this.writePatterns(id, grants, general.levels);
  }

  /** The statements that allow everything by themselves; where none does, all that do so together. */
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
   * If half of all services or more have one level, they are written as one Resource, else one by one. For ADMIN only
   * the services in which every action is allowed are counted, because the name of the Resource says so.
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
      // The access that the whole service gives is not written again for a part of it.
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
   * The level of a principal that may do every action of a service: ADMIN, even where AWS classifies none of the
   * actions as permissions management; but READ where all actions only read.
   */
  private ruling(service: string): Permission {
    const writes = this.catalogue
      .actionsOf(service)
      .some((at) => this.catalogue.actions[at]?.level !== 'READ');
    return writes ? 'ADMIN' : 'READ';
  }

  /** The statements with their actions; only those that allow the whole service by themselves, where there are any. */
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
