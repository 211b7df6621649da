import type { SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';
import type { Case } from '../../src/offboarding/case/case.js';
import type { KeptPlan } from '../../src/offboarding/case/kept-plan.js';
import type { Verification } from '../../src/offboarding/case/verification.js';
import type { AnyDetails } from '../../src/offboarding/plan/action-details.js';
import type { Change } from '../../src/offboarding/plan/change.js';
import type { Action, PlannedDecision } from '../../src/offboarding/plan/plan.js';

/** A plan in a form that a person reads line by line. */
export interface PlanInWords {
  /** What the rules decide before people do. */
  readonly ruled: readonly string[];
  readonly hash: string;
  readonly mode: string;
  readonly lastWorkingDay: string | null;
  readonly successor: string | null;
  readonly decisions: readonly string[];
  /** Workloads that stop only because another does. */
  readonly following: readonly string[];
  readonly accepted: readonly string[];
  readonly downtime: readonly string[];
  readonly noted: readonly string[];
  /** In the order of execution. */
  readonly actions: readonly string[];
}

/** What a case came to. */
export interface AfterState {
  readonly state: string;
  readonly assurance: string | null;
  /** Entities whose status is another one now. */
  readonly statuses: readonly string[];
  readonly made: readonly string[];
  readonly ended: readonly string[];
  readonly begun: readonly string[];
  /** Of the workloads that stopped with the leaver or needed what was cut: those that work, and those that do not. */
  readonly works: readonly string[];
  readonly stopped: readonly string[];
  readonly invariants: readonly string[];
  readonly residual: readonly string[];
}

/** What is open and what is how, of an export. */
export interface State {
  readonly entities: ReadonlyMap<string, SnapshotEntity>;
  readonly relationships: ReadonlySet<string>;
}

/** What a case made is named by a hash, of which the beginning tells enough. */
const short = (text: string): string =>
  text.replaceAll(/(tendril\/\w+\/[0-9a-f]{8})[0-9a-f]{24}/g, (_, kept: string) => kept);

export function planInWords(
  { body, hash, following, downtime, noted }: KeptPlan,
  ordered: readonly Action[],
) {
  const { mode, lastWorkingDay, successor, decisions, accepted } = body;
  return {
    hash,
    mode,
    lastWorkingDay,
    successor,
    decisions: decisions.map(decisionInWords),
    following,
    accepted,
    downtime,
    noted: noted.map(({ entity }) => entity),
    actions: ordered.map(actionInWords).map(short),
  };
}

export function decisionInWords({ entity, action, rule, guard, reason }: PlannedDecision): string {
  const by = rule === 0 ? `a person: ${reason}` : `rule ${rule}`;
  return `${action} ${entity}, by ${by}${guard === null ? '' : `, guard ${guard}`}`;
}

function actionInWords({ phase, kind, entity, changes, early, ...action }: Action): string {
  const told = changes.map((change) => changeInWords(change, entity));
  const details: AnyDetails = action.details;
  if (details.selfContained === true) told.push(`works until ${details.worksUntil}`);
  if (details.things !== undefined) told.push(`declares ${details.things.join(', ')}`);
  const when = phase === 2 ? [early ? 'early' : 'late'] : [];
  return [`${phase} ${kind} ${entity}`, ...when, ...told].join(' | ');
}

function changeInWords(change: Change, about: string): string {
  const name = (id: string): string => (id === about ? '·' : id);
  switch (change.change) {
    case 'SET_STATUS':
      return `${name(change.entity)} ${change.status}`;
    case 'CREATE':
      return `new ${change.entity.name}`;
    default: {
      const { type, from, to, permission } = change.relationship;
      const sustains = change.change === 'OPEN' && change.relationship.sustains === true;
      const also = [...(permission === undefined ? [] : [permission]), ...(sustains ? ['sustains'] : [])];
      const sign = change.change === 'OPEN' ? '+' : '-';
      return `${sign}${[name(from), type, ...also, name(to)].join(' ')}`;
    }
  }
}

/** What files of an export say, whichever source says it. */
export function stateOf(files: Readonly<Record<string, string>>): State {
  const entities = new Map<string, SnapshotEntity>();
  const relationships = new Set<string>();
  for (const line of Object.values(files).join('').trim().split('\n')) {
    const { entity, relationship } = JSON.parse(line) as {
      entity?: SnapshotEntity;
      relationship?: SnapshotRelationship;
    };
    if (entity !== undefined) entities.set(entity.id, entity);
    if (relationship !== undefined) relationships.add(relationshipInWords(relationship));
  }
  return { entities, relationships };
}

function relationshipInWords({ type, from, to, ...said }: SnapshotRelationship): string {
  const optional = said.required === false ? 'optional' : undefined;
  const sustains = said.sustains === true ? 'sustains' : undefined;
  const also = [said.permission, optional, sustains].filter((one) => one !== undefined);
  return short(`${[from, type, ...also, to].join(' ')}`);
}

const without = (some: Iterable<string>, others: ReadonlySet<string>): string[] =>
  [...some].filter((one) => !others.has(one)).sort();

/** What differs between two states, and what the verification says. */
export function afterInWords(
  before: State,
  after: State,
  one: Case,
  { checks, residual }: Verification,
  workloads: Pick<AfterState, 'works' | 'stopped'>,
): AfterState {
  const all = [...after.entities.values()];
  const statusBefore = (id: string) => before.entities.get(id)?.status;
  return {
    state: one.state,
    assurance: one.assurance,
    statuses: all
      .filter(({ id, status }) => statusBefore(id) !== undefined && statusBefore(id) !== status)
      .map(({ id, status }) => `${id} ${statusBefore(id)} → ${status}`)
      .sort(),
    made: all
      .filter(({ id }) => statusBefore(id) === undefined)
      .map(({ id, name, status }) => short(`${id} ${name} ${status}`))
      .sort(),
    ended: without(before.relationships, after.relationships),
    begun: without(after.relationships, before.relationships),
    ...workloads,
    invariants: checks.map(({ invariant, holds, evidence }) => `${invariant} ${holds}: ${evidence}`),
    residual: residual.map(({ kind, entity, why, until }) =>
      short(`${kind} ${entity} until ${until}: ${why}`),
    ),
  };
}
