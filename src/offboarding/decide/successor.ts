import { ofTypes, stepsOut } from '../../graph/collect-steps.js';
import { HUMAN } from '../../graph/kind-codes.js';
import { REPORTING } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { badInput } from '../../model/errors.js';

const isReporting = ofTypes(REPORTING);

/** What is needed to find a successor. */
export interface SuccessorQuestion {
  readonly view: GraphView;
  /** Who leaves. */
  readonly humans: readonly EntityNumber[];
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
  const { view, humans, asked } = question;
  if (asked === null) return nearestAbove(question);
  requireSuccessor(view, humans, asked);
  return asked;
}

/** @throws BAD_INPUT where somebody named cannot succeed. */
export function requireSuccessor(view: GraphView, humans: readonly EntityNumber[], asked: string): void {
  if (canSucceed(view, humans, asked)) return;
  const who = humans.map((human) => view.idOf(human)).join(' and ');
  throw badInput(
    `${asked} cannot take over from ${who}: a successor is a live human other than the leaver. ` +
      'Give the id of somebody who stays.',
    { successor: asked },
  );
}

/** Whether somebody may be named: a live human other than those who leave. */
export function canSucceed(view: GraphView, humans: readonly EntityNumber[], asked: string): boolean {
  const named = view.numberOf(asked);
  return named !== 0 && !humans.includes(named) && view.kindOf(named) === HUMAN && view.isLive(named);
}

/** The nearest possible successor upwards, level by level; the smallest id where several are equally near. */
function nearestAbove({ view, humans, openCases, statusOf }: SuccessorQuestion): string | null {
  const seen = new Set(humans);
  let level = [...humans];
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
