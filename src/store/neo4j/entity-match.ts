import { MATCH_RANKS } from '../match-rank.js';

/** The rank of `match-rank.ts`, from the property `search`: id, name, external id, email and login, in lower case. */

const part = (at: number) => `split(v.search, '\\u001f')[${at}]`;
const [ID, NAME, EXTERNAL_ID, EMAIL, LOGIN] = [0, 1, 2, 3, 4].map(part);
const CALLED = `[${NAME}, ${EMAIL}, ${LOGIN}]`;
const any = (condition: string) => `any(text IN ${CALLED} WHERE ${condition})`;

/** Null where the query has no search. */
export const MATCH = `CASE WHEN $p.search = '' THEN null
  WHEN ${ID} = $p.search OR $p.search IN ${CALLED} THEN ${MATCH_RANKS.EXACT}
  WHEN ${any('text STARTS WITH $p.search')} THEN ${MATCH_RANKS.BEGINNING}
  WHEN ${NAME} CONTAINS ' ' + $p.search THEN ${MATCH_RANKS.WORD}
  WHEN ${any('text CONTAINS $p.search')} THEN ${MATCH_RANKS.INSIDE}
  WHEN ${ID} STARTS WITH $p.search OR ${EXTERNAL_ID} STARTS WITH $p.search THEN ${MATCH_RANKS.ID_BEGINNING}
  ELSE ${MATCH_RANKS.ID_INSIDE} END`;
