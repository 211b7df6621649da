import { isTimeZone } from '../../model/time-zone.js';
import { type Flaw, quoteValue } from '../base/problems.js';

/**
 * The flaws of values whose form a pattern cannot describe: an address has to be https, and a time zone has to be known.
 * Other values are not looked at.
 */
export function valueFlaws({
  url,
  timeZone,
}: {
  readonly url?: unknown;
  readonly timeZone?: unknown;
}): Flaw[] {
  const flaws: Flaw[] = [];
  if (typeof url === 'string' && !isHttps(url)) {
    const message = `${quoteValue(url)} is no address that a person can open: url begins with https://. Correct it, or leave it out.`;
    flaws.push({ field: 'url', rule: 'BAD_PROPERTY', message });
  }
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) {
    const message = `${quoteValue(timeZone)} is no time zone: give its IANA name, such as Europe/Berlin, or leave it out.`;
    flaws.push({ field: 'timeZone', rule: 'BAD_PROPERTY', message });
  }
  return flaws;
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
