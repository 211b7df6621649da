import type { EntityRecord } from '../../model/entity.js';
import type { Findings } from '../../model/findings.js';
import type { Kind } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import type { Draft } from '../../store/draft.js';
import type { Case } from '../case/case.js';

/** What does not come back with a person: a case ended it, and a rehire gives anew what is needed. */
const NOT_GIVEN_BACK: readonly Kind[] = ['Token', 'Grant'];

/** Whether somebody whom a case set LEFT is back: their source shows them ACTIVE since. Nobody is back who is still there. */
export const isBack = (human: Pick<EntityRecord, 'status' | 'overlay'> | undefined): boolean =>
  human?.status === 'ACTIVE' && human.overlay?.status === 'LEFT';

/** Whether a thing that a case ended may live again because its person was hired again. */
export const isExpectedOf = (kind: Kind): boolean => !NOT_GIVEN_BACK.includes(kind);

/**
 * The findings without what is expected once a person is hired again: that their accounts and memberships live, and that
 * these get new credentials. A Token, Grant or knowledge that the case ended, and what comes of one, counts all the same
 * (semantics, section 5, *After the case*).
 */
export async function withoutExpected(
  findings: Findings,
  known: ReadonlyMap<string, Case>,
  draft: Pick<Draft, 'numbersOf' | 'entities'>,
): Promise<Findings> {
  const back = await casesOfThoseBack(known, draft);
  if (back.size === 0) return findings;
  const expects = (id: string | null) => id !== null && back.has(id);
  const origins = findings.late.flatMap(({ of }) => (of === null ? [] : [of.number]));
  const kinds = new Map(
    (await draft.entities([...new Set(origins)])).flatMap((one) =>
      one === undefined ? [] : [[one.number, one.kind]],
    ),
  );
  return {
    revived: findings.revived.filter(
      ({ kind, case: by }) => kind === 'Human' || !expects(by) || !isExpectedOf(kind),
    ),
    reopened: findings.reopened.filter(({ case: by }) => !expects(by)),
    late: findings.late.filter(({ of, case: by }) => {
      if (of === null || !expects(by) || ruleOf(of.type).role === 'KNOWLEDGE') return true;
      const kind = kinds.get(of.number);
      return kind !== undefined && !isExpectedOf(kind);
    }),
  };
}

/** The cases whose person is back, in the state of a draft. */
async function casesOfThoseBack(
  known: ReadonlyMap<string, Case>,
  draft: Pick<Draft, 'numbersOf' | 'entities'>,
): Promise<ReadonlySet<string>> {
  const cases = [...known.values()].filter(({ input }) => input.human !== null);
  const numbers = await draft.numbersOf(cases.map(({ input }) => input.human as string));
  const humans = await draft.entities(numbers);
  return new Set(cases.flatMap(({ id }, at) => (isBack(humans[at]) ? [id] : [])));
}
