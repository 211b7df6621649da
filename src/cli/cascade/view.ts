import type { OffboardingKind, ShownCascadeFragment } from '../../documents/generated/graphql.js';
import { stepsIn } from '../offboard/case-view.js';
import { changesOf } from '../offboard/change.js';
import { distinctNames } from '../offboard/distinct-names.js';
import { namedAmong, type PlanView } from '../offboard/plan-view.js';
import { type Seen, unknownOf } from '../unknown.js';

/** A preview as a plan that can be drawn. */
export function viewOfCascade(kind: OffboardingKind, cascade: ShownCascadeFragment, seen: Seen): PlanView {
  const { about, successor, breaks, retires, decisions, steps } = cascade;
  const made = steps
    .flatMap(changesOf)
    .flatMap((change) => (change.change === 'CREATE' ? [change.entity] : []))
    .map(({ id, name }) => ({ id, name }));
  const there = steps.map(({ entity }) => entity).filter((entity) => entity !== null);
  const things = [...made, about, ...breaks, ...there];
  return {
    kind,
    about,
    mode: 'CONTINUITY_FIRST',
    evaluatedAt: '',
    lastWorkingDay: null,
    successor,
    decisions,
    actions: steps.map((step) => ({ ...step, changes: changesOf(step), early: true, carried: null })),
    outlook: {
      exposure: null,
      retired: retires,
      // The same workloads are told of as what would stop.
      accepted: [],
      alreadyBroken: [],
      unexpected: [],
      downtime: [],
      following: [],
      noted: [],
    },
    named: namedAmong(things),
    nameOf: distinctNames([...things, ...stepsIn(steps)]),
    unknown: unknownOf(seen),
    rules: [],
  };
}
