import type { EntityRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { humanByEmail } from '../../store/human-by-email.js';
import type { Moment } from '../operation/moment.js';
import type { Entity } from './entity.js';
import { startRecord } from './find-record.js';
import { wrapEntity } from './wrap.js';

/** The human with an id or an email; null where there is none. @throws BAD_INPUT */
export async function findHuman(
  moment: Moment,
  id: string | null | undefined,
  email: string | null | undefined,
): Promise<Entity | null> {
  if ((id == null) === (email == null)) throw badInput('Give `id` or `email`: one of the two.');
  if (email != null)
    return wrapped(moment, await humanByEmail(moment.services.store, email, moment.revision));
  const record = await moment.loaders.entity.load(id as string);
  return wrapped(moment, record?.kind === 'Human' ? record : undefined);
}

/** The human or account whose radius is asked for, as GraphQL returns it. @throws NOT_FOUND, BAD_INPUT */
export async function findStart(moment: Moment, idOrEmail: string): Promise<Entity> {
  return wrapEntity(await startRecord(moment, idOrEmail), moment);
}

function wrapped(moment: Moment, record: EntityRecord | undefined): Entity | null {
  return record === undefined ? null : wrapEntity(record, moment);
}
