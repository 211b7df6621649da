import { revisions } from './0001-revisions.js';
import { families } from './0002-families.js';
import { journal } from './0003-journal.js';
import { couldNotRead } from './0004-could-not-read.js';

/**
 * Every change of the schema, in order: the first brings version 1. Append only; what has been released is
 * never edited. `test/store/embedded` holds their sum against a committed baseline.
 */
export const MIGRATIONS: readonly string[] = [revisions, families, journal, couldNotRead];
