import { Accountability } from '../../graph/radii/accountability.js';
import { brokenNow } from '../../graph/radii/continuity.js';
import { orphansOf } from '../../graph/radii/orphans.js';
import { absenceOf, personOf } from '../../graph/radii/person.js';
import { RotationUnits } from '../../graph/radii/rotation-units.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { ANSWERED_FOR, KINDS, type Kind } from '../../model/kinds.js';
import type { Check } from '../case/verification.js';
import { heldBy, notReissuable, Standing } from '../decide/standing.js';
import type { CaseInspection } from './case-inspection.js';
import { count } from './check-residue.js';
import { newlyBroken } from './newly-broken.js';
import { doneChanges } from './undone.js';

/** Workloads that would work if the case had done nothing, do not work now, and are not accepted by the plan. */
export function collateral(
  inspection: CaseInspection,
  without: GraphView,
): { against: string[]; excused: number } {
  const { view, actions, body } = inspection.inspected;
  const excused = new Set([
    ...body.accepted,
    ...decidedTo(inspection, 'RETIRE'),
    ...inspection.concernedBy('RETIRE'),
  ]);
  const broken = newlyBroken(without, view, doneChanges(actions)).map((workload) => view.idOf(workload));
  const against = broken.filter((workload) => !excused.has(workload));
  return { against, excused: broken.length - against.length };
}

/** I3: a re-homed workload does not stand on the leaver any more, and still works if it worked before. */
export function checkContinuity(inspection: CaseInspection, without: GraphView): Check {
  const { view, body, input } = inspection.inspected;
  const rehomed = inspection.numbers(decidedTo(inspection, 'REHOME'));
  if (inspection.human === 0 && input.kind !== 'REHOME')
    return {
      invariant: 'I3',
      holds: true,
      evidence: 'Does not apply: nothing was to be re-homed.',
      against: [],
    };
  const standing =
    inspection.human === 0 ? [] : rehomed.filter((workload) => standsOnLeaver(inspection, workload));
  const accepted = new Set(body.accepted);
  const brokenBefore = brokenNow(without, new RotationUnits(without), rehomed);
  const brokenThen = brokenNow(view, inspection.radii.units, rehomed);
  const lost = rehomed.filter(
    (workload) =>
      brokenThen.has(workload) && !brokenBefore.has(workload) && !accepted.has(view.idOf(workload)),
  );
  const against = [...new Set([...standing, ...lost])].map((workload) => view.idOf(workload));
  const evidence =
    `Of ${count(rehomed.length, 're-homed workload', 're-homed workloads')}, ${standing.length} still ` +
    `on the leaver, and ${lost.length} worked before and no more.`;
  return { invariant: 'I3', holds: against.length === 0, evidence, against };
}

function standsOnLeaver({ inspected: { view }, radii }: CaseInspection, workload: EntityNumber): boolean {
  const held = heldBy(radii.holdings, notReissuable(view, radii.cut));
  return new Standing(view, radii.units, radii.person, held).stands(workload);
}

/** I4: somebody answers for everything that the leaver answered for, that was re-homed, or that the case made. */
export function checkAccountable(inspection: CaseInspection, without: GraphView): Check {
  const { view } = inspection.inspected;
  const orphans =
    inspection.human === 0 ? [] : orphansOf(without, personOf(without, inspection.human)).members;
  const concerned = new Set([
    ...orphans.map(({ entity }) => entity),
    ...inspection.numbers(decidedTo(inspection, 'REHOME')),
    ...inspection.numbers(inspection.made),
  ]);
  const things = [...concerned].filter((thing) => view.isLive(thing) && isAnsweredFor(view, thing));
  const answering = new Accountability(view, absenceOf(personOf(view, inspection.human)));
  const against = things.filter((thing) => !answering.isAnsweredFor(thing)).map((thing) => view.idOf(thing));
  const evidence = `Somebody answers for ${things.length - against.length} of ${count(
    things.length,
    'thing',
    'things',
  )} that the leaver answered for, that were re-homed, or that the case made.`;
  return { invariant: 'I4', holds: against.length === 0, evidence, against };
}

const isAnsweredFor = (view: GraphView, thing: EntityNumber): boolean =>
  ANSWERED_FOR.includes(KINDS[view.kindOf(thing)] as Kind);

function decidedTo({ inspected: { body } }: CaseInspection, action: 'REHOME' | 'RETIRE'): string[] {
  return body.decisions.filter((decision) => decision.action === action).map(({ entity }) => entity);
}
