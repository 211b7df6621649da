import type { EntityRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import { humanByEmail } from '../../store/human-by-email.js';
import { notFoundAt } from '../errors/not-found-at.js';
import type { Moment } from '../operation/moment.js';

/** Kinds that have a radius. */
const STARTS: readonly string[] = ['Human', 'Account'];

/**
 * The human or account whose radius is asked for: the one with this id, else the human with this email.
 *
 * @throws NOT_FOUND, BAD_INPUT
 */
export async function startRecord(moment: Moment, idOrEmail: string): Promise<EntityRecord> {
  const record =
    (await moment.loaders.entity.load(idOrEmail)) ??
    (await humanByEmail(moment.services.store, idOrEmail, moment.revision));
  if (record === undefined) {
    const sought = quote(idOrEmail);
    throw notFoundAt(moment, {
      present: `No human has the id or email ${sought}, and no account has that id`,
      past: `No human had the id or email ${sought}, and no account had that id,`,
    });
  }
  if (!STARTS.includes(record.kind)) {
    throw badInput(`${quote(idOrEmail)} is of the kind ${record.kind}. Ask about a human or an account.`);
  }
  return record;
}

/**
 * An end of a path: the entity with this id, else the human with this email.
 *
 * @throws NOT_FOUND, BAD_INPUT
 */
export async function endRecord(moment: Moment, idOrEmail: string): Promise<EntityRecord> {
  const record = await moment.loaders.entity.load(idOrEmail);
  const found =
    record ??
    (idOrEmail.includes('@')
      ? await humanByEmail(moment.services.store, idOrEmail, moment.revision)
      : undefined);
  if (found !== undefined) return found;
  const sought = quote(idOrEmail);
  throw notFoundAt(moment, {
    present: `No entity has the id, and no human the email, ${sought}`,
    past: `No entity had the id, and no human the email, ${sought}`,
  });
}
