import canonicalize from 'canonicalize';
import type { Action, PlanBody, PlannedDecision } from '../plan/plan.js';

/** One difference between two plans. */
export interface PlanChange {
  /** What differs: a property of the plan, or `decision`, `accepted`, `action`, `order`. */
  readonly what: string;
  /** Id of the entity that is decided or accepted, or of the action; null for the plan as a whole. */
  readonly id: string | null;
  /** Null in the plan that lacks the item; where both have it, only the parts that differ. */
  readonly before: unknown;
  readonly after: unknown;
}

/** All differences between two plans; an empty list where there are none. */
export function comparePlans(before: PlanBody, after: PlanBody): PlanChange[] {
  const changes = [
    ...compareHeads(before, after),
    ...compareLists('decision', before.decisions, after.decisions, ({ entity }: PlannedDecision) => entity),
    ...compareLists('accepted', before.accepted, after.accepted, (entity: string) => entity),
    ...compareLists('action', before.actions, after.actions, ({ id }: Action) => id),
  ];
  const inOrder = before.actions.every(({ id }, at) => after.actions[at]?.id === id);
  if (changes.length > 0 || inOrder) return changes;
  const ids = (body: PlanBody) => body.actions.map(({ id }) => id);
  return [{ what: 'order', id: null, before: ids(before), after: ids(after) }];
}

/** The properties of a plan that are no lists. */
function compareHeads(before: PlanBody, after: PlanBody): PlanChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PlanBody)[];
  return names
    .filter((name) => !Array.isArray(before[name]) && !same(before[name], after[name]))
    .map((name) => ({ what: name, id: null, before: before[name] ?? null, after: after[name] ?? null }));
}

function compareLists<T>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  idOf: (item: T) => string,
): PlanChange[] {
  const then = new Map(after.map((item) => [idOf(item), item]));
  const known = new Set(before.map(idOf));
  const changed = before.flatMap((item): PlanChange[] => {
    const other = then.get(idOf(item));
    if (other === undefined) return [{ what, id: idOf(item), before: item, after: null }];
    return same(item, other) ? [] : [{ what, id: idOf(item), ...differing(item, other) }];
  });
  const added = after
    .filter((item) => !known.has(idOf(item)))
    .map((item) => ({ what, id: idOf(item), before: null, after: item }));
  return [...changed, ...added];
}

/** The parts of two values that differ. */
function differing(before: unknown, after: unknown): Pick<PlanChange, 'before' | 'after'> {
  const [old, now] = [before, after] as Readonly<Record<string, unknown>>[];
  const names = Object.keys(old!).filter((name) => !same(old![name], now![name]));
  const part = (of: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, of[name]]));
  return { before: part(old!), after: part(now!) };
}

const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);
