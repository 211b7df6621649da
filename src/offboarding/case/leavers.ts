import { ofTypes, REPORTING, stepsOut } from '../../graph/roles.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Journal } from '../../store/journal.js';
import { type Case, isOpen } from './case.js';
import { casesById, newestCasesOf } from './case-documents.js';

const reports = ofTypes(REPORTING);

/** The case of a person that has not ended; undefined where there is none. */
export async function openCaseOf(journal: Journal, human: string): Promise<Case | undefined> {
  return (await openCasesOf(journal, [human]))[0];
}

/** The cases of people that have not ended. */
async function openCasesOf(journal: Journal, humans: readonly string[]): Promise<Case[]> {
  const newest = await newestCasesOf(journal, humans);
  const cases = await casesById(journal, newest);
  return cases.filter((one) => one !== undefined).filter(isOpen);
}

/** Of all who might be looked up to as successors of somebody, those who are leaving themselves. */
export async function leaversAbove(
  journal: Journal,
  view: GraphView,
  human: EntityNumber,
): Promise<ReadonlySet<string>> {
  const above = new Set([human]);
  for (const who of above) for (const { to } of stepsOut(view, who, reports)) above.add(to);
  above.delete(human);
  const open = await openCasesOf(
    journal,
    [...above].map((who) => view.idOf(who)),
  );
  return new Set(open.map(({ input }) => input.human as string));
}
