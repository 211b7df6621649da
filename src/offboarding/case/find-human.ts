import type { EntityRecord } from '../../model/entity.js';
import { badInput, notFound } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import type { CaseContext } from '../case-context.js';

/**
 * The human with an id, else the one with an email.
 *
 * @param what what the person is asked for as, at the beginning of messages: `The human`
 * @throws NOT_FOUND; BAD_INPUT for what is no human, and for an address that several have
 */
export async function findHuman(
  caseContext: Pick<CaseContext, 'store'>,
  at: Revision,
  idOrEmail: string,
  what: string,
): Promise<EntityRecord> {
  const shown = JSON.stringify(idOrEmail);
  const [byId] = await caseContext.store.entities([idOrEmail], at);
  const found = byId ?? (await byEmail(caseContext, at, idOrEmail, what));
  if (found === undefined) {
    throw notFound(`${what} ${shown} is not there: nobody has that id or email. Check it and ask again.`);
  }
  if (found.kind !== 'Human') {
    throw badInput(
      `${what} ${shown} is of the kind ${found.kind}: only people leave and take over. Give the id or email of a human.`,
    );
  }
  return found;
}

/** Somebody who is gone from the source gives way to who is there: the same address under a new id. */
async function byEmail(
  { store }: Pick<CaseContext, 'store'>,
  at: Revision,
  email: string,
  what: string,
): Promise<EntityRecord | undefined> {
  const found = await store.humansByEmail([email], at);
  const present = found.filter(({ claim }) => claim.present);
  if (present.length === 1) return present[0];
  if (found.length > 1) {
    const ids = found.slice(0, 10).map(({ id }) => JSON.stringify(id));
    throw badInput(`${what} cannot be told by the email ${email}: ${ids.join(', ')} have it. Give an id.`);
  }
  return found[0];
}
