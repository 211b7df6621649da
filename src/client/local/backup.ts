import { AUDITORS, requireRole } from '../../api/access/access.js';
import { copyStore } from '../../compose.js';
import { readConfig } from '../../config.js';
import { openLocal } from '../in-process/open-in-process.js';

/**
 * Copies the embedded store of this machine into a file. It has the audit log, so it is for those who may read that.
 *
 * @throws BAD_INPUT where the store is no file, or the other file is there already; FORBIDDEN
 */
export async function backUpStore(
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
): Promise<void> {
  const config = readConfig(environment);
  const { tendril, viewer } = await openLocal(config);
  try {
    requireRole(viewer, AUDITORS, 'A copy of the store');
    await copyStore(config, file);
  } finally {
    await tendril.close();
  }
}
