import { readFileSync } from 'node:fs';
import type { WholeView } from '../../src/graph/graph-state.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import { withFacts } from '../../src/offboarding/plan/facts.js';
import { makePlan } from '../../src/offboarding/plan/offboarding/make-plan.js';
import { readPolicy } from '../../src/offboarding/policy/read-policy.js';
import { nothingKnown } from '../support/plan-on-plain.js';
import { type ImportedCompany, NOW } from './company.js';
import { loadIndex, withStore } from './loaded.js';
import { spread, startIds } from './starts.js';
import type { Line } from './table.js';
import { measureEach, timed, timedAsync } from './timing.js';

const PEOPLE = 60;
const ROUNDS = 3;
const policyFile = new URL('../../../seed/policy.default.json', import.meta.url);

/** Times planning that somebody leaves, with all records read from the store, next to their radii. */
export async function benchPlanning({ size, humans, path }: ImportedCompany): Promise<Line[]> {
  const { policy, hash: policyHash } = readPolicy(readFileSync(policyFile, 'utf8'), 'policy');
  const { rotateReadable } = policy;
  return withStore(path, async (store) => {
    const index = await loadIndex(store);
    const graphState: WholeView = index.at(NOW);
    const all = startIds(humans);
    const starts = spread(all.length, PEOPLE).map((at) => graphState.numberOf(all[at] as string));
    const radii = (human: number) =>
      timed(() => {
        const found = radiiOf(graphState, human, { rotateReadable });
        return found.conflicts.length + found.orphans.members.length + found.continuity.members.length;
      });
    const given = {
      policy,
      policyHash,
      known: nothingKnown,
      evaluatedAt: NOW,
      mode: 'SECURITY_FIRST',
      lastWorkingDay: null,
      successor: null,
      openCases: new Set<string>(),
      overrides: new Map(),
    } as const;
    const plan = (human: number) =>
      timedAsync(() =>
        withFacts(store, graphState, (view, facts) => makePlan({ ...given, view, human, facts })),
      );
    const floor = await measureEach(starts, ROUNDS, radii);
    const result = await measureEach(starts, ROUNDS, plan);
    return [
      { size, measure: 'planning, with its records read, to all five radii', unit: 'ms', result, floor },
    ];
  });
}
