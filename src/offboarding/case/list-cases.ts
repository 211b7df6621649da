import type { Journal } from '../../store/journal.js';
import type { Case, CaseState } from './case.js';
import { allCases } from './case-documents.js';

/** Which cases to list. */
export interface CaseQuery {
  /** Left out: cases in every state. */
  readonly states?: readonly CaseState[];
  /** Id of a case: only those after it. */
  readonly after?: string;
  /** At most so many. */
  readonly limit: number;
}

/** A page of cases. */
export interface CasePage {
  /** In the order in which they were made. */
  readonly cases: readonly Case[];
  readonly hasNext: boolean;
}

/** A page of the cases there are. */
export async function listCases(journal: Journal, { states, after, limit }: CaseQuery): Promise<CasePage> {
  const cases: Case[] = [];
  for await (const offboarding of allCases(journal, after)) {
    if (states !== undefined && !states.includes(offboarding.state)) continue;
    if (cases.length === limit) return { cases, hasNext: true };
    cases.push(offboarding);
  }
  return { cases, hasNext: false };
}

/** How many cases there are in some states, or in all. */
export async function countCases(journal: Journal, states?: readonly CaseState[]): Promise<number> {
  let count = 0;
  for await (const offboarding of allCases(journal))
    if (states?.includes(offboarding.state) ?? true) count += 1;
  return count;
}
