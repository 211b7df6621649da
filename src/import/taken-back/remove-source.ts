import { notFound, TendrilError } from '../../model/errors.js';
import { OWN_SOURCE } from '../../model/ids.js';
import { quote } from '../../model/quote.js';
import type { Store } from '../../store/store.js';
import { takeBack } from './commit.js';
import type { TakeBackOptions, TakenBack } from './types.js';

/**
 * Removes a source: everything that only it claims is gone, as things that were never so. Earlier revisions and the
 * audit log go on showing what was believed then (semantics, section 7). What cases have provisioned there stays.
 *
 * @throws NOT_FOUND, with the sources there are; CONFLICT where an open case would change, unless forced; BAD_INPUT for
 *   Tendril's own source
 */
export function removeSource(store: Store, source: string, options: TakeBackOptions): Promise<TakenBack> {
  return takeBack(store, options, async (draft) => {
    const record = await draft.source(source);
    if (record === undefined) throw await unknownSource(store, source);
    if (source === OWN_SOURCE) {
      const message = `The source ${OWN_SOURCE} is what cases have provisioned, and cannot be removed; retire the things instead.`;
      throw new TendrilError('BAD_INPUT', message);
    }
    return {
      earlier: [{ source: record, earlier: undefined, at: 0 }],
      said: { type: 'SOURCE_REMOVED', after: { source } },
    };
  });
}

/** How many sources an error names. */
const NAMED = 10;

async function unknownSource(store: Store, source: string): Promise<TendrilError> {
  const known = (await store.sources((await store.head()).revision)).map(({ id }) => id);
  const named = known.slice(0, NAMED).join(', ');
  const more = known.length > NAMED ? ` and ${known.length - NAMED} more` : '';
  const there = known.length === 0 ? 'There are none.' : `There are ${named}${more}.`;
  return notFound(`There is no source ${quote(source)}. ${there}`);
}
