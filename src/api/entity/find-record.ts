import type { EntityRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { shown } from '../../model/shown.js';
import type { Moment } from '../moment.js';
import { notThere } from '../not-there.js';

/** Kinds that a radius can be asked of. */
const STARTS: readonly string[] = ['Human', 'Account'];

/**
 * Whom a radius is asked of: the human or account with this id, else the human with this email.
 *
 * @throws NOT_FOUND, BAD_INPUT
 */
export async function startRecord(moment: Moment, idOrEmail: string): Promise<EntityRecord> {
  const record = (await moment.loaders.entity.load(idOrEmail)) ?? (await humanByEmail(moment, idOrEmail));
  if (record === undefined) {
    const sought = shown(idOrEmail);
    throw notThere(moment, {
      present: `No human has the id or email ${sought}, and no account has that id`,
      past: `No human had the id or email ${sought}, and no account had that id,`,
    });
  }
  if (!STARTS.includes(record.kind)) {
    throw badInput(`${shown(idOrEmail)} is of the kind ${record.kind}. Ask about a human or an account.`);
  }
  return record;
}

/**
 * The human with an email; undefined where there is none. One who is gone from the source gives way to the one
 * who is there: that is the same address under a new id, as imports take it.
 *
 * @throws BAD_INPUT where there are several
 */
export async function humanByEmail(moment: Moment, email: string): Promise<EntityRecord | undefined> {
  const found = await moment.services.store.humansByEmail([email], moment.revision);
  const present = found.filter(({ claim }) => claim.present);
  if (present.length === 1) return present[0];
  if (found.length > 1) {
    const ids = found.slice(0, 10).map((human) => shown(human.id));
    throw badInput(`${found.length} humans have the email ${shown(email)}: ${ids.join(', ')}. Ask by id.`);
  }
  return found[0];
}
