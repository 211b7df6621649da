import type { Visibility } from './visibility.js';

/** Something that an answer could not look into. What is in it is unknown, and not absent. */
export interface Unknown {
  /** Id of the account of which something was not looked for; null where a whole source was read too long ago. */
  readonly account: string | null;
  /** Id of the source. */
  readonly source: string;
  /** Kinds that were not looked for; none where the source was read too long ago. */
  readonly missing: readonly string[];
  /** ISO 8601: when the source was last read, where that is too long ago; else null. */
  readonly since: string | null;
  /** Why the source could not read it, in its words; null where it does not say that it looks for it. */
  readonly because: string | null;
}

/** What of the sources was not visible: blind spots first, then sources that are stale, the longest unread first. */
export function unknownIn({ blindSpots, coverage }: Visibility): Unknown[] {
  const stale = coverage.filter(({ stale, lastSync }) => stale && lastSync !== null);
  return [
    ...blindSpots.map(({ account, source, missing, because }) => ({
      ...{ account, source, missing, because },
      since: null,
    })),
    ...stale
      .map(({ source, lastSync }) => ({
        ...{ account: null, source, missing: [], because: null },
        since: lastSync as string,
      }))
      // Times in ISO 8601 compare as text.
      .sort((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since))),
  ];
}

/** What is unknown, and why, in a sentence. */
export function unknownSentence({ account, source, missing, since, because }: Unknown): string {
  if (account === null) return `${source} was last read ${since}; what changed there since is not known.`;
  return because === null
    ? `${source} does not say that it looks for ${listed(missing)}, so what ${account} left there is unknown, not absent.`
    : `${source} could not read ${listed(missing, 'and')} of ${account} (${because}): unknown, not absent.`;
}

/** The same as a part of a sentence. */
function inShort({ account, source, missing, since, because }: Unknown): string {
  if (account === null) return `what changed at ${source} since it was last read, ${since}`;
  const why = because ?? 'for which it does not say that it looks';
  return `${listed(missing)} of ${account} at ${source} (${why})`;
}

/**
 * Statements that nothing is left, open or affected. Each is a claim about the world, and the product looks only where
 * the sources look: no text makes one of them but through {@link asFarAsKnown}.
 */
const CLAIMS = {
  NOTHING: 'nothing',
  NOT_REACHABLE: 'nothing remains reachable',
  NOTHING_STOPS: 'nothing that works now would stop',
  NOTHING_ELSE_STOPS: 'nothing else that works now would stop',
  NOTHING_OPEN: 'all invariants hold, and nothing is open',
  NOTHING_LEFT: 'nothing is left',
  WALK_ENDS: 'the walk reaches nothing that is live',
  SWEEP_EMPTY: 'a sweep now would find nothing',
} as const;
/** One of the statements that depend on what the sources look for. */
export type Claim = keyof typeof CLAIMS;

/** How many unknowns a sentence names; a list beside it has all. */
const NAMED = 3;

/**
 * The words for a claim: absolute where everything was looked for, and otherwise only as far as the sources look, with
 * what is not known.
 */
export function asFarAsKnown(claim: Claim, unknown: readonly Unknown[]): string {
  if (unknown.length === 0) return `${capital(CLAIMS[claim])}.`;
  return `As far as the sources look, ${CLAIMS[claim]}; not known: ${some(unknown)}.`;
}

/** What is not known, in a sentence for people who decide something; empty where everything was looked for. */
export function notKnown(unknown: readonly Unknown[]): string {
  return unknown.length === 0 ? '' : `Not known: ${some(unknown)}.`;
}

function some(unknown: readonly Unknown[]): string {
  const named = unknown.slice(0, NAMED).map(inShort);
  const more = unknown.length - named.length;
  return (more === 0 ? named : [...named, `and ${more} more`]).join('; ');
}

/** The words for a claim where what is not known is listed beside it: a part of a sentence. */
export function briefly(claim: Claim, unknown: readonly Unknown[]): string {
  return unknown.length === 0 ? CLAIMS[claim] : `${CLAIMS[claim]}, as far as the sources look`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Words as a sentence lists them: `a, b or c`. */
export function listed(words: readonly string[], or = 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${or} ${last}`;
}
