import type { ShownRadiusQuery } from '../../documents/generated/graphql.js';
import type { Millis } from '../../model/time.js';
import { listed, unknownSentence } from '../../model/unknown.js';
import type { Line } from '../output.js';
import { unknownOf } from '../unknown.js';

type Radius = ShownRadiusQuery['blastRadius'];

/** A source with when it was last read. */
interface Stale {
  readonly id: string;
  readonly lastSync: string;
}

/** What limits the answer: kinds that a source does not look for, and sources that were read long ago. */
export function caveats({
  asOf,
  coverage,
  blindSpots,
}: Pick<Radius, 'asOf' | 'coverage' | 'blindSpots'>): Line[] {
  const unseen = unknownOf({ coverage: [], blindSpots }).map((one) => `Blind spot: ${unknownSentence(one)}`);
  const stale = coverage.flatMap(({ source, lastSync, stale }) =>
    stale && lastSync !== null ? [{ id: source.id, lastSync }] : [],
  );
  return [...unseen, ...staleSentence(stale, Date.parse(asOf))].map(
    (text): Line => [{ text: `! ${text}`, style: 'warning' }],
  );
}

/** How many stale sources are named. */
const NAMED = 5;

/** One sentence, however many sources are stale: the longest unread first. */
function staleSentence(stale: readonly Stale[], now: Millis): string[] {
  const [only] = stale;
  if (only === undefined) return [];
  const age = ({ lastSync }: Stale) => `${ago(now - Date.parse(lastSync))} before`;
  if (stale.length === 1) {
    return [
      `Stale: ${only.id} was last read ${only.lastSync}, ${age(only)}; what changed there since is not in this answer.`,
    ];
  }
  const oldest = [...stale].sort((a, b) => Date.parse(a.lastSync) - Date.parse(b.lastSync));
  const named = oldest.slice(0, NAMED).map((source) => `${source.id} (${age(source)})`);
  const more = stale.length - named.length;
  const which = listed([...named, ...(more > 0 ? [`${more} more`] : [])], 'and');
  return [`Stale: ${which} were last read long ago; what changed there since is not in this answer.`];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A length of time, roughly: what matters is whether it is hours or weeks. */
export function ago(span: Millis): string {
  const [count, unit] =
    span >= 2 * DAY ? [Math.floor(span / DAY), 'days'] : [Math.floor(span / HOUR), 'hours'];
  return `${count} ${unit}`;
}
