import { ofTypes, stepsOut } from '../../graph/collect-steps.js';
import type { GraphState } from '../../graph/graph-state.js';
import { REPORTING } from '../../graph/relationship-types.js';
import type { Journal } from '../../store/journal.js';
import type { Case } from './case.js';
import { casesById, newestCasesOf } from './case-documents.js';
import { isOpen } from './case-states.js';

const reports = ofTypes(REPORTING);

/** The case of a person that has not ended; undefined where there is none. */
export async function openCaseOf(journal: Journal, human: string): Promise<Case | undefined> {
  return (await openCasesOf(journal, [human]))[0];
}

/** The cases of people that have not ended. */
async function openCasesOf(journal: Journal, humans: readonly string[]): Promise<Case[]> {
  const newest = await newestCasesOf(journal, humans);
  const cases = await casesById(journal, newest);
  return cases.filter((offboarding) => offboarding !== undefined).filter(isOpen);
}

/** People above a leaver, over any number of levels, who have an open case themselves and so cannot succeed. */
export async function leaversAbove(
  journal: Journal,
  graphState: GraphState,
  human: string,
): Promise<ReadonlySet<string>> {
  const above = await graphState.query((view) => {
    const found = new Set([view.numberOf(human)]);
    for (const who of found) for (const { to } of stepsOut(view, who, reports)) found.add(to);
    return [...found].map((who) => view.idOf(who)).filter((id) => id !== human);
  });
  const open = await openCasesOf(journal, above);
  return new Set(open.map(({ input }) => input.human as string));
}
