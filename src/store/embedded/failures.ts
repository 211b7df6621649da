import { TendrilError, unavailable } from '../../model/errors.js';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) for which this store has sentences. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
const PERM = 3;
const AUTH = 23;

/** The sentence of each of them, with its remedy; `place` is the file. */
const SENTENCES: Readonly<Record<number, (place: string) => string>> = {
  [BUSY]: heldBy,
  [LOCKED]: heldBy,
  [READONLY]: (place) =>
    `The store ${place} can only be read; make the file and its folder writable for this user, or open another.`,
  [PERM]: (place) =>
    `The store ${place} may not be used by this user; give this user the right to read and write it.`,
  [AUTH]: (place) =>
    `The store ${place} may not be used by this user; give this user the right to read and write it.`,
  [IOERR]: (place) =>
    `The disk under the store ${place} refused to read or write; check the disk and its free space, then try again.`,
  [CORRUPT]: (place) =>
    `The store ${place} is damaged; put back a copy of the file, or import the sources into a new one.`,
  [FULL]: (place) =>
    `The disk under the store ${place} is full; make room and try again: nothing was written.`,
  [CANTOPEN]: (place) =>
    `The store ${place} cannot be opened; check that the path names a file this user may read and write.`,
  [NOTADB]: (place) => `The file ${place} is not a Tendril store; name another path, or move the file away.`,
};

function heldBy(place: string): string {
  return `Another process holds the store ${place}; try again when it has finished.`;
}

/**
 * The primary result code of an error of SQLite; undefined for any other error. The properties decide, and not the
 * class: an error from native code is no `Error` of a test runner's realm.
 */
export function sqliteCode(error: unknown): number | undefined {
  const code = propertyOf(error, 'sqliteCode');
  return typeof code === 'number' ? code & 0xff : undefined;
}

function propertyOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

export const isBusy = (error: unknown): boolean => sqliteCode(error) === BUSY;

/** Translates the errors of SQLite into errors of the product, here and nowhere else; other errors pass unchanged. */
export function asTendrilError(error: unknown, place: string): unknown {
  if (error instanceof TendrilError) return error;
  const code = sqliteCode(error);
  if (code !== undefined) {
    const sentence = SENTENCES[code];
    if (sentence !== undefined) return unavailable(sentence(place), error);
  }
  if (propertyOf(error, 'code') === 'ERR_INVALID_STATE') return closed(place, error);
  return error;
}

export function closed(place: string, cause?: unknown): TendrilError {
  return unavailable(`The store ${place} was closed; open it again.`, cause);
}

/** Another process held the file for too long. The cause tells this error from that of a store that cannot be read. */
export function held(place: string): TendrilError {
  return unavailable(heldBy(place), { sqliteCode: BUSY });
}
