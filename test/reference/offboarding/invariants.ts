import { answerers, isAnsweredFor, liveThings } from '../answers.js';
import { exposure } from '../exposure.js';
import { isLive } from '../live.js';
import { inOrder } from '../order.js';
import { orphans } from '../orphans.js';
import type { Start } from '../person.js';
import type { PlainGraph, PlainRelationship } from '../plain-graph.js';
import { working } from '../working.js';
import { changesBetween } from './changes.js';
import { departureOf } from './departure.js';
import type { NamedChanges, PlanSummary } from './plan-summary.js';
import { standsOn } from './stands-on.js';

export interface Violation {
  /** PLAN: the summary contradicts itself, and so would excuse what nobody decided. */
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'PLAN';
  readonly about: string;
  readonly why: string;
}

/**
 * An execution that succeeded, as two graphs. Both are to be of one moment (`now`), or tokens that expired in
 * between look like what the case did; and nothing but the case may have changed the graph.
 */
export interface Execution {
  readonly before: PlainGraph;
  readonly after: PlainGraph;
  /** Whoever left: one or several. */
  readonly human: Start;
  readonly plan: PlanSummary;
}

/** Whatever I1 to I4 (semantics, section 5) do not allow; empty: all four hold. */
export function checkInvariants(execution: Execution): readonly Violation[] {
  return [
    ...contradictions(execution.plan),
    ...residue(execution),
    ...collateral(execution),
    ...unnamedChanges(execution),
    ...discontinuity(execution),
    ...unaccountable(execution),
  ];
}

function contradictions({ decisions, retired, rehomed }: PlanSummary): readonly Violation[] {
  const say = (action: string, ids: readonly string[]) =>
    ids.filter((id) => decisions[id] !== action).map((id) => violation('PLAN', id, `not decided ${action}`));
  return [...say('RETIRE', retired), ...say('REHOME', rehomed)];
}

/** I1. */
function residue({ after, human }: Execution): readonly Violation[] {
  return exposure(after, human).map(({ id, path }) =>
    violation('I1', id, `still reached: ${path.map(({ type, to }) => `${type} ${to}`).join(', ')}`),
  );
}

/** I2, its first half. */
function collateral({ before, after, plan }: Execution): readonly Violation[] {
  const excused = [...plan.retired, ...plan.accepted];
  return inOrder(working(before))
    .filter((id) => !working(after).has(id) && !excused.includes(id))
    .map((id) => violation('I2', id, 'worked before and does not work now'));
}

/** I2, its second half. */
function unnamedChanges({ before, after, plan }: Execution): readonly Violation[] {
  const { entities, relationships } = changesBetween(before, after);
  const named = [...plan.namedChanges.entities, ...plan.provisioned];
  return [
    ...entities.filter((id) => !named.includes(id)).map((id) => violation('I2', id, 'changed, not named')),
    ...relationships
      .filter((relationship) => !isNamed(relationship, plan.namedChanges))
      .map(({ type, from, to }) => violation('I2', `${from} ${type} ${to}`, 'changed, not named')),
  ];
}

function isNamed(relationship: PlainRelationship, { relationships }: NamedChanges): boolean {
  return relationships.some(({ type, from, to }) => {
    const fits = (said: string | undefined, is: string) => said === undefined || said === is;
    return fits(type, relationship.type) && fits(from, relationship.from) && fits(to, relationship.to);
  });
}

/** I3. */
function discontinuity({ before, after, human, plan }: Execution): readonly Violation[] {
  const departure = departureOf(after, human, plan.rotateReadable);
  const standing = plan.rehomed.filter((id) => standsOn(departure, id));
  const lost = plan.rehomed.filter(
    (id) => working(before).has(id) && !working(after).has(id) && !plan.accepted.includes(id),
  );
  return [
    ...standing.map((id) => violation('I3', id, 're-homed, and still stands on the person')),
    ...lost.map((id) => violation('I3', id, 're-homed, worked before, and does not work now')),
  ];
}

/** I4. */
function unaccountable({ before, after, human, plan }: Execution): readonly Violation[] {
  const answering = answerers(after, (id) => isLive(after, id));
  const concerned = new Set([...orphans(before, human), ...plan.rehomed, ...plan.provisioned]);
  return inOrder(liveThings(after))
    .filter((id) => concerned.has(id) && !isAnsweredFor(after, id, answering))
    .map((id) => violation('I4', id, 'nobody answers for it'));
}

function violation(invariant: Violation['invariant'], about: string, why: string): Violation {
  return { invariant, about, why };
}
