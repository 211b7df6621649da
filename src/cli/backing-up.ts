import { copyStore } from '../compose.js';
import { type Context, printJson, printLines } from './context.js';
import { withSession } from './session.js';

/**
 * Copies the embedded store into a file. It has the audit log, so it is for those who may read that.
 *
 * @throws BAD_INPUT where the store is no file, or the other file is there already
 */
export async function backUp(context: Context, file: string): Promise<void> {
  await withSession(context, { as: 'Query.auditEvents' }, async ({ config }) => {
    await copyStore(config, file);
    if (context.json) printJson(context, { file });
    else printLines(context, [`Copied to ${file}.`]);
  });
}
