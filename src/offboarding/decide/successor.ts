import { ofTypes, stepsOut } from '../../graph/collect-steps.js';
import { HUMAN } from '../../graph/kind-codes.js';
import { REPORTING } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { badInput } from '../../model/errors.js';

const isReporting = ofTypes(REPORTING);

/** What is needed to find a successor. */
export interface SuccessorQuestion {
  readonly view: GraphView;
  readonly human: EntityNumber;
  /** Id of the person who was named as successor; null where nobody was. */
  readonly asked: string | null;
  /** Ids of humans who have an open case of their own. */
  readonly openCases: ReadonlySet<string>;
  /** The stored status of a human: a live human may be LEAVING. */
  readonly statusOf: (human: EntityNumber) => string;
}

/**
 * The default successor (semantics, section 4, successor): the person who was named, else the nearest person upwards
 * who is ACTIVE and has no open case.
 *
 * @returns the id; null where there is nobody
 * @throws BAD_INPUT where the one named is no live human other than the leaver
 */
export function successorOf(question: SuccessorQuestion): string | null {
  const { view, human, asked } = question;
  if (asked === null) return nearestAbove(question);
  requireSuccessor(view, human, asked);
  return asked;
}

/** @throws BAD_INPUT where somebody named cannot succeed. */
export function requireSuccessor(view: GraphView, human: EntityNumber, asked: string): void {
  if (canSucceed(view, human, asked)) return;
  throw badInput(
    `${asked} cannot take over from ${view.idOf(human)}: a successor is a live human other than the leaver. ` +
      'Give the id of somebody who stays.',
    { successor: asked },
  );
}

/** Whether somebody may be named: a live human other than the leaver. */
export function canSucceed(view: GraphView, human: EntityNumber, asked: string): boolean {
  const named = view.numberOf(asked);
  return named !== 0 && named !== human && view.kindOf(named) === HUMAN && view.isLive(named);
}

/** The nearest possible successor upwards, level by level; the smallest id where several are equally near. */
function nearestAbove({ view, human, openCases, statusOf }: SuccessorQuestion): string | null {
  const seen = new Set([human]);
  let level = [human];
  while (level.length > 0) {
    const above = new Set<EntityNumber>();
    for (const who of level) {
      for (const { to } of stepsOut(view, who, isReporting)) if (!seen.has(to)) above.add(to);
    }
    level = [...above].sort((a, b) => view.compare(a, b));
    const nearest = level.find(
      (who) => view.isLive(who) && !openCases.has(view.idOf(who)) && statusOf(who) === 'ACTIVE',
    );
    if (nearest !== undefined) return view.idOf(nearest);
    for (const who of level) seen.add(who);
  }
  return null;
}
