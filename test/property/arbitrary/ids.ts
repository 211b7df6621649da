import type { Kind } from '../../../src/model/kinds.js';

/**
 * What an id begins with, so that the order by UTF-8 bytes differs from the order by UTF-16 units: the code
 * points from U+E000 to U+FFFF come before the surrogate pairs in the one and after them in the other.
 */
export const SCRIPTS = ['', 'é', '中', '\u{e000}', '\u{fffd}', '\u{10000}', '\u{1f600}', '~'] as const;

const LETTER: Readonly<Record<Kind, string>> = {
  Human: 'h',
  Account: 'a',
  Group: 'g',
  ServiceIdentity: 's',
  App: 'app',
  Grant: 'gr',
  Token: 't',
  Secret: 'sec',
  Job: 'j',
  Resource: 'r',
};

/** An id that says its kind: unique by kind and index, whatever the script. */
export function idOf(prefix: string, script: string, kind: Kind, index: number): string {
  return `${prefix}${script}${LETTER[kind]}${index}`;
}
