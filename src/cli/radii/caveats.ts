import { isStale } from '../../api/source/stale.js';
import type { SourceRecord } from '../../model/entity.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Line } from '../output.js';
import type { Collected } from './collect.js';

/** What a reader must know before they trust the answer: what nobody looked for, and what was read long ago. */
export function caveats({ moment, sources, blindSpots, records }: Collected): Line[] {
  const names = new Map(sources.map((source) => [source.number, source.id]));
  const unseen = blindSpots.map(({ account, source, missing }) => {
    const where = names.get(source) ?? 'its source';
    const whose = records.get(account)?.id ?? 'the account';
    return `Blind spot: ${where} does not say that it looks for ${listed(missing)}, so what ${whose} left there is unknown, not absent.`;
  });
  const stale = sources.filter((source) => isStale(source, moment));
  return [...unseen, ...staleSentence(stale, moment.now)].map(
    (text): Line => [{ text: `! ${text}`, style: 'warning' }],
  );
}

/** How many stale sources are named. */
const NAMED = 5;

/** One sentence, however many sources are stale: the longest unread first. */
function staleSentence(stale: readonly SourceRecord[], now: Millis): string[] {
  const [only] = stale;
  if (only === undefined) return [];
  if (stale.length === 1) {
    const { id, syncedAt } = only;
    return [
      `Stale: ${id} was last read ${formatTime(syncedAt)}, ${ago(now - syncedAt)} before; what changed there since is not in this answer.`,
    ];
  }
  const oldest = [...stale].sort((a, b) => a.syncedAt - b.syncedAt);
  const named = oldest.slice(0, NAMED).map(({ id, syncedAt }) => `${id} (${ago(now - syncedAt)} before)`);
  const more = stale.length - named.length;
  const who = listed([...named, ...(more > 0 ? [`${more} more`] : [])], 'and');
  return [`Stale: ${who} were last read long ago; what changed there since is not in this answer.`];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A length of time, roughly: what matters is whether it is hours or weeks. */
export function ago(span: Millis): string {
  const [count, unit] =
    span >= 2 * DAY ? [Math.floor(span / DAY), 'days'] : [Math.floor(span / HOUR), 'hours'];
  return `${count} ${unit}`;
}

/** Words as a sentence lists them: `a, b or c`. */
export function listed(words: readonly string[], or = 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${or} ${last}`;
}
