import type { Connection } from '../connection.js';
import { revisions } from './0001-revisions.js';
import { families } from './0002-families.js';
import { journal } from './0003-journal.js';
import { couldNotRead } from './0004-could-not-read.js';
import { emailKeys } from './0005-email-keys.js';

/** A change of the schema as SQL, or of the rows as a function. */
export type Migration = string | ((connection: Connection) => void);

/**
 * Every change of the schema, in order: the first brings version 1. Append only; what has been released is
 * never edited. `test/store/embedded` holds their sum against a committed baseline.
 */
export const MIGRATIONS: readonly Migration[] = [revisions, families, journal, couldNotRead, emailKeys];
