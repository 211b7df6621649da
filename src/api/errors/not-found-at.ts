import { notFound, type TendrilError } from '../../model/errors.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Moment } from '../operation/moment.js';

/** The part of a moment that the message needs. */
type When = Pick<Moment, 'asOf' | 'revision'>;

const DAY = 86_400_000;

/**
 * The error NOT_FOUND. It names the time where one was asked about, and says what to do next.
 *
 * @param has the beginning of the sentence, for now and for a past time: `No entity has …`, `No entity had …`
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

/** A date without a time means its first moment, which may surprise, so that the message says so. */
function timeWords(at: Millis): string {
  return at % DAY === 0 ? `${formatTime(at)} (the start of that day, in UTC)` : formatTime(at);
}
