import { notFound, type TendrilError } from '../../model/errors.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Moment } from '../operation/moment.js';

/** What a moment is looked at for when it is said that something is not there. */
type When = Pick<Moment, 'asOf' | 'revision'>;

const DAY = 86_400_000;

/**
 * Says that nothing has been found, at which moment where one was asked about, and what to do next.
 *
 * @param has the sentence for now and for then, without an end: `No entity has …`, `No entity had …`
 */
export function notFoundAt({ asOf, revision }: When, has: { present: string; past: string }): TendrilError {
  if (asOf === null) {
    const next = revision === 0 ? 'the store is empty; import a snapshot' : 'check it and ask again';
    return notFound(`${has.present}: ${next}.`);
  }
  const nothingYet = revision === 0 ? ': nothing had been imported by then' : '';
  return notFound(
    `${has.past} at ${timeWords(asOf)}${nothingYet}. Ask about a later time, or leave the time out to ask about now.`,
  );
}

/** A bare date means its first moment, which not everybody expects of it. */
function timeWords(at: Millis): string {
  return at % DAY === 0 ? `${formatTime(at)} (the start of that day, in UTC)` : formatTime(at);
}
