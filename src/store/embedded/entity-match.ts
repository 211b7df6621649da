import { MATCH_RANKS } from '../match-rank.js';

/** The rank of `match-rank.ts`, from the column `search`: id, name, external id, email and login, in lower case. */

const SEPARATOR = 'char(31)';
const after = (text: string) => `substr(${text}, instr(${text}, ${SEPARATOR}) + 1)`;
const first = (text: string) => `substr(${text}, 1, instr(${text}, ${SEPARATOR}) - 1)`;

const REST = after('e.search');
const NAME = first(REST);
const ADDRESSES = after(after(REST));
const EMAIL = first(ADDRESSES);
const LOGIN = after(ADDRESSES);
const CALLED = [NAME, EMAIL, LOGIN];
const any = (condition: (text: string) => string) => CALLED.map(condition).join(' OR ');

/** Null where the query has no search. It is computed only for entities that the filter lets through. */
export const MATCH = `CASE WHEN $search IS NULL THEN NULL
  WHEN ${first('e.search')} = $search OR ${any((text) => `${text} = $search`)} THEN ${MATCH_RANKS.EXACT}
  WHEN ${any((text) => `instr(${text}, $search) = 1`)} THEN ${MATCH_RANKS.BEGINNING}
  WHEN instr(${NAME}, ' ' || $search) > 0 THEN ${MATCH_RANKS.WORD}
  WHEN ${any((text) => `instr(${text}, $search) > 0`)} THEN ${MATCH_RANKS.INSIDE}
  WHEN instr(e.search, $search) = 1 OR instr(${first(after(REST))}, $search) = 1 THEN ${MATCH_RANKS.ID_BEGINNING}
  ELSE ${MATCH_RANKS.ID_INSIDE} END`;
