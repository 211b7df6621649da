import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { badInput } from '../../model/errors.js';
import { Connection } from './connection.js';

/**
 * Copies a store, in its state at one commit, into a new file, while other processes read and write it: SQLite's
 * `VACUUM INTO`. Only its owner may read the copy, as with the store. There is a complete copy or none.
 *
 * @param path the store
 * @throws BAD_INPUT where there is a file of that name; UNAVAILABLE where the store cannot be read or the copy cannot
 *   be written; the error of the operating system for the folder of the copy
 */
export function copyEmbedded(path: string, target: string): void {
  if (existsSync(target)) throw badInput(`${target} is there already; name another file, or move it away.`);
  // The error names the folder that the user gave, and not the temporary file.
  accessSync(dirname(target), constants.W_OK);
  // The temporary file has a name that no other file has, so that no file of the user is overwritten.
  const part = `${target}.${randomUUID()}.part`;
  closeSync(openSync(part, 'wx', 0o600));
  const source = Connection.open(path, true);
  try {
    source.all('VACUUM INTO ?', part);
    const file = openSync(part, 'r+');
    fsyncSync(file);
    closeSync(file);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    source.close();
  }
}
