import type { EntityRecord } from '../model/entity.js';
import { badInput } from '../model/errors.js';
import { quote } from '../model/quote.js';
import type { Revision } from '../model/revision.js';
import type { Store } from './store.js';

/** How many of the humans who share an address an error names. */
const NAMED = 10;

/**
 * The human with an email address, in any case of letters; undefined where there is none. A human who is gone from
 * the source counts only where no present human has the address: that is the same address under a new id. Imports
 * follow the same rule (src/import/session/addresses.ts).
 *
 * @throws BAD_INPUT where several humans have the address
 */
export async function humanByEmail(
  store: Pick<Store, 'humansByEmail'>,
  email: string,
  at: Revision,
): Promise<EntityRecord | undefined> {
  const found = await store.humansByEmail([email], at);
  const present = found.filter(({ claim }) => claim.present);
  if (present.length === 1) return present[0];
  if (found.length > 1) {
    const ids = found.slice(0, NAMED).map(({ id }) => quote(id));
    throw badInput(`${found.length} humans have the email ${quote(email)}: ${ids.join(', ')}. Give an id.`);
  }
  return found[0];
}
