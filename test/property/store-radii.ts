import { expect } from '@jest/globals';
import type { ReachSet, Step } from '../../src/graph/answers.js';
import type { GraphState, WholeView } from '../../src/graph/graph-state.js';
import { exposureSummaries } from '../../src/graph/radii/exposure-summary.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import { whoCanReach } from '../../src/graph/radii/who-can-reach.js';
import type { GraphView } from '../../src/graph/view.js';
import { accessPaths } from '../../src/graph/walk/access-paths.js';

const MODES = ['never', 'sensitive', 'always'] as const;

const stepsOf = (steps: readonly Step[]) =>
  steps.map(({ from, to, code, against }) => `${from} ${against ? '<' : '>'} ${code} ${to}`);

const setOf = (set: ReachSet) =>
  set.members.map((member) => ({ ...member, path: stepsOf(set.pathTo(member.entity)) }));

/** All that the radii say of one start, in order, with every path. */
function radiiSaid(view: GraphView, start: number, rotateReadable: (typeof MODES)[number]) {
  const { exposure, continuity, orphans, cut, conflicts } = radiiOf(view, start, { rotateReadable });
  return {
    exposure: setOf(exposure),
    continuity: setOf(continuity),
    orphans: setOf(orphans),
    cut: setOf(cut).map((member) => ({
      ...member,
      foreign: cut.isForeign(member.entity),
      mate: cut.familyMateOf(member.entity),
    })),
    conflicts: conflicts.map((conflict) => ({ ...conflict, path: stepsOf(conflict.path) })),
  };
}

function reachersSaid(view: GraphView, target: number) {
  const { members, pathFrom } = whoCanReach(view, target);
  return members.map((member) => ({ ...member, path: stepsOf(pathFrom(member.entity)) }));
}

/** A new graph state for each radius: what one has fetched must not help another. */
export type NewGraphState = () => Promise<GraphState>;

/**
 * Holds what is answered in the store to what is answered in memory: members, levels, distances, order, paths.
 *
 * @param whole the same state at the same moment
 * @param among the ids that belong to the company; others may be in the store
 */
export async function expectSameAnswers(
  whole: WholeView,
  graphState: NewGraphState,
  starts: readonly string[],
  among: readonly string[],
): Promise<void> {
  const number = (id: string) => whole.numberOf(id);
  for (const [at, id] of starts.entries()) {
    const start = number(id);
    const mode = MODES[at % MODES.length]!;
    const asked = await graphState();
    const said = await asked.query((view) => radiiSaid(view, start, mode));
    expect([id, said]).toEqual([id, radiiSaid(whole, start, mode)]);
    expect(asked.leftOut).toBeNull();
  }
  const humans = starts.map(number);
  // The rest shares one, as the fields of an operation do.
  const shared = await graphState();
  const counted = await shared.query((view) => [...exposureSummaries(view, humans)]);
  expect(counted).toEqual([...exposureSummaries(whole, humans)]);
  const targets = among.filter((_, at) => at % 7 === 3).map(number);
  for (const target of targets) {
    const said = await shared.query((view) => reachersSaid(view, target));
    expect(said).toEqual(reachersSaid(whole, target));
    for (const from of [humans[0]!, targets[0]!]) {
      const paths = await shared.query((view) => accessPaths(view, from, target, 3).map(stepsOf));
      expect(paths).toEqual(accessPaths(whole, from, target, 3).map(stepsOf));
    }
  }
}
