import type { Client } from '../../client/client.js';
import type { Context } from '../context.js';
import { interruptible } from '../interrupted.js';
import { progressOf } from '../progress.js';
import { shortId } from './find-case.js';

/**
 * Stays while a case is carried out, until it has ended or waits for something that takes long. On a local store this
 * process carries it out, and Ctrl-C stops between two steps, or while a source is asked; a service goes on.
 *
 * @throws Interrupted, which says how to go on
 */
export async function carryOut(context: Context, client: Client, id: string): Promise<void> {
  const progress = await progressOf(context, 'Carrying out');
  const onProgress = ({ done, total, running }: { done: number; total: number; running: string | null }) =>
    progress.update(done, total, `${done} of ${total}${running === null ? '' : `  ${running}`}`);
  try {
    await interruptible(ifStopped(context, id), (signal) => client.carryOut(id, { signal, onProgress }));
  } finally {
    progress.stop();
  }
}

function ifStopped({ environment }: Context, id: string): string {
  const isService = (environment.TENDRIL_URL ?? '') !== '';
  return isService
    ? `Stopped looking: the service carries it out all the same; look again with \`tendril offboard show ${shortId(id)}\`.`
    : `Stopped: nothing is lost or done twice; go on with \`tendril offboard resume ${shortId(id)}\`.`;
}
