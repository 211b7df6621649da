import type { EntityRecord } from '../model/entity.js';

/**
 * How well an entity matches a text, the best first. Names, addresses and logins come before ids, beginnings before
 * middles. Engines sort by the position in this list.
 */
export const MATCHES = ['EXACT', 'BEGINNING', 'WORD', 'INSIDE', 'ID_BEGINNING', 'ID_INSIDE'] as const;
/** One of {@link MATCHES}. */
export type Match = (typeof MATCHES)[number];

const rank = (match: Match): number => MATCHES.indexOf(match);
/** The position of each kind of match, for the statements of engines. */
export const MATCH_RANKS = Object.fromEntries(MATCHES.map((match) => [match, rank(match)])) as Readonly<
  Record<Match, number>
>;

/** The position in {@link MATCHES} of an entity whose search text has the text; null where it has not. */
export function matchRank(entity: EntityRecord, search: string): number | null {
  const text = search.toLowerCase();
  const { email, login } = entity.properties;
  const [id, externalId, name] = [entity.id, entity.externalId ?? '', entity.name].map(lower) as [
    string,
    string,
    string,
  ];
  const addresses = [email, login].map((value) => (typeof value === 'string' ? lower(value) : ''));
  const called = [name, ...addresses];
  if ([id, ...called].includes(text)) return rank('EXACT');
  if (called.some((one) => one.startsWith(text))) return rank('BEGINNING');
  if (name.includes(` ${text}`)) return rank('WORD');
  if (called.some((one) => one.includes(text))) return rank('INSIDE');
  if (id.startsWith(text) || externalId.startsWith(text)) return rank('ID_BEGINNING');
  return id.includes(text) || externalId.includes(text) ? rank('ID_INSIDE') : null;
}

const lower = (text: string): string => text.toLowerCase();
