import { StoreGraphProvider } from '../../graph/from-store/store-provider.js';
import type { Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import { entityById } from '../entity/wrap.js';
import { Moment } from '../operation/moment.js';
import type { BlastRadius } from './blast-radius.js';
import { radiusOf } from './radius-of.js';

/**
 * The radius of a human at a past state, computed again from the store. The state is named by its revision, because two
 * states may have the same time.
 *
 * @param at the time at which expiry is judged
 */
export async function radiusThen(
  { services }: Moment,
  human: string,
  revision: Revision,
  at: Millis,
): Promise<BlastRadius> {
  const graphState = async () => new StoreGraphProvider(services.store).at(revision, at);
  const then = new Moment(revision, at, { asOf: at, services, graphState });
  const start = await entityById(then, human);
  return radiusOf(then, [start]);
}
