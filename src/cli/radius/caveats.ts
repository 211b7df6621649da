import { formatTime, type Millis } from '../../model/time.js';
import type { Line } from '../output.js';
import type { Collected } from './collect.js';

/** What a reader must know before they trust the answer: what nobody looked for, and what was read long ago. */
export function caveats({ moment, sources, blindSpots, records }: Collected): Line[] {
  const names = new Map(sources.map((source) => [source.number, source.id]));
  const unseen = blindSpots.map(({ account, source, missing }) => {
    const where = names.get(source) ?? 'its source';
    return `Blind spot: ${where} does not say that it looks for ${listed(missing)}, so what ${
      records.get(account)?.id ?? 'the account'
    } left there is unknown, not absent.`;
  });
  const stale = sources
    .filter(({ syncedAt }) => isStale(syncedAt, moment.now, moment.services.staleAfter))
    .map(
      ({ id, syncedAt }) =>
        `Stale: ${id} was last read ${formatTime(syncedAt)}, ${ago(moment.now - syncedAt)} before; what changed there since is not in this answer.`,
    );
  return [...unseen, ...stale].map(
    (text): Line => [
      { text: '! ', style: 'warning' },
      { text, style: 'warning' },
    ],
  );
}

/** Whether a source was read longer ago than `TENDRIL_STALE_AFTER`. What Tendril itself made is never stale. */
export function isStale(syncedAt: Millis, now: Millis, staleAfter: Millis): boolean {
  return syncedAt > 0 && now - syncedAt > staleAfter;
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
