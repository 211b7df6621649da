import { notFound } from '../../model/errors.js';
import type { Moment } from '../moment.js';
import { shown } from '../shown.js';
import type { Entity } from './entity.js';
import { wrapEntity } from './wrap.js';

/** The entity with an id, at a moment. @throws NOT_FOUND */
export async function requireEntity(moment: Moment, id: string): Promise<Entity> {
  const record = await moment.loaders.entity.load(id);
  if (record === undefined) throw notFound(`No entity had the id ${shown(id)} at the moment asked about.`);
  return wrapEntity(record, moment);
}
