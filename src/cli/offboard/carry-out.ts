import type { Client } from '../../client/client.js';
import { TendrilError, unavailable } from '../../model/errors.js';
import type { Context } from '../context.js';
import { interruptible } from '../interrupted.js';
import { progressOf } from '../progress.js';
import { shortId } from './find-case.js';

/**
 * Stays while a case is carried out, until it has ended or waits for something that takes long. On a local store this
 * process carries it out, and Ctrl-C stops between two steps, or while a source is asked; a service goes on.
 *
 * @throws Interrupted, which says how to go on; UNAVAILABLE where the service is lost, which says how to look again
 */
export async function carryOut(context: Context, client: Client, id: string): Promise<void> {
  const progress = await progressOf(context, 'Carrying out');
  const onProgress = ({ done, total, running }: { done: number; total: number; running: string | null }) =>
    progress.update(done, total, `${done} of ${total}${running === null ? '' : `  ${running}`}`);
  try {
    await interruptible(ifStopped(context, id), (signal) => client.carryOut(id, { signal, onProgress }));
  } catch (error) {
    throw ofService(context) ? ifLost(error, id) : error;
  } finally {
    progress.stop();
  }
}

/** A case that was followed is with the service, which goes on with it after a restart, too. */
function ifLost(error: unknown, id: string): unknown {
  if (!(error instanceof TendrilError) || error.code !== 'UNAVAILABLE') return error;
  return unavailable(
    `The service at TENDRIL_URL cannot be reached any more; it carries the case out all the same as soon as it runs: look again with \`tendril offboard show ${shortId(id)}\`.`,
    error,
  );
}

const ofService = ({ environment }: Context): boolean => (environment.TENDRIL_URL ?? '') !== '';

function ifStopped(context: Context, id: string): string {
  return ofService(context)
    ? `Stopped looking: the service carries it out all the same; look again with \`tendril offboard show ${shortId(id)}\`.`
    : `Stopped: nothing is lost or done twice; go on with \`tendril offboard resume ${shortId(id)}\`.`;
}
