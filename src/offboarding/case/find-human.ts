import type { EntityRecord } from '../../model/entity.js';
import { badInput, notFound } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import type { Revision } from '../../model/revision.js';
import { humanByEmail } from '../../store/human-by-email.js';
import type { CaseContext } from '../case-context.js';

/**
 * The human with an id, else the one with an email.
 *
 * @param what the role of the person, at the beginning of messages: `The human`
 * @throws NOT_FOUND; BAD_INPUT for what is no human, and for an address that several have
 */
export async function findHuman(
  caseContext: Pick<CaseContext, 'store'>,
  at: Revision,
  idOrEmail: string,
  what: string,
): Promise<EntityRecord> {
  const shown = quote(idOrEmail);
  const [byId] = await caseContext.store.entities([idOrEmail], at);
  const found = byId ?? (await humanByEmail(caseContext.store, idOrEmail, at));
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
