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
 * Copies a store, as it stands at one commit, into a new file, while others read and write it: SQLite's
 * `VACUUM INTO`. Only its owner may read the copy, as with the store. There is a whole copy or none.
 *
 * @param path the store
 * @throws BAD_INPUT where there is a file of that name; UNAVAILABLE where the store cannot be read or the copy written;
 *   what the operating system says of its folder
 */
export function copyEmbedded(path: string, target: string): void {
  if (existsSync(target)) throw badInput(`${target} is there already; name another file, or move it away.`);
  // Said of the folder that was named, and not of a file that nobody did.
  accessSync(dirname(target), constants.W_OK);
  // A name of its own: what is there already is somebody's, whatever it is called.
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
