import { TendrilError } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { Case } from './case.js';
import { allCases, casesById, newestCasesOf, requireCase } from './case-documents.js';
import { findHuman } from './find-human.js';

/** The prefix of the ids of cases. People may leave it out when they name a case. */
export const CASE_PREFIX = 'tendril/case/';

/** Fewer characters of an id than this would soon mean several cases. */
const FEWEST_CHARACTERS = 8;

/**
 * The case that a person means: by its id, by the beginning of its id if no other case begins so, or by the id or
 * email of the leaver, whose newest case is meant. `tendril/case/` may be left out.
 *
 * @throws NOT_FOUND, with the id of the human where the person is known and has no case; BAD_INPUT where several cases
 *   are meant
 */
export async function findCase({ store }: Pick<CaseContext, 'store'>, words: string): Promise<Case> {
  const { journal } = store;
  const rest = words.startsWith(CASE_PREFIX) ? words.slice(CASE_PREFIX.length) : words;
  const [exact] = await casesById(journal, [`${CASE_PREFIX}${rest}`]);
  if (exact !== undefined) return exact;
  const begun = await caseThatBeginsWith({ store }, rest);
  if (begun !== undefined) return begun;
  if (words.startsWith(CASE_PREFIX)) return requireCase(journal, words);
  const { revision } = await store.head();
  const human = await findHuman({ store }, revision, words, 'The case or human');
  const [newest] = await casesById(journal, await newestCasesOf(journal, [human.id]));
  if (newest !== undefined) return newest;
  throw new TendrilError('NOT_FOUND', `${human.name} has no case; plan one (\`planOffboarding\`).`, {
    human: human.id,
  });
}

/** @throws BAD_INPUT where several do */
async function caseThatBeginsWith(
  { store }: Pick<CaseContext, 'store'>,
  text: string,
): Promise<Case | undefined> {
  if (!/^[0-9a-f-]+$/.test(text) || text.length < FEWEST_CHARACTERS) return undefined;
  const found: Case[] = [];
  for await (const offboarding of allCases(store.journal)) {
    if (offboarding.id.startsWith(`${CASE_PREFIX}${text}`)) found.push(offboarding);
  }
  if (found.length <= 1) return found[0];
  throw new TendrilError('BAD_INPUT', `${found.length} cases begin with ${text}; give more of the id.`, {
    offboardings: found.map(({ id }) => id),
  });
}
