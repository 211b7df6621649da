import { quote } from '../../model/quote.js';
import { notFoundAt } from '../errors/not-found-at.js';
import type { Moment } from '../operation/moment.js';
import type { Entity } from './entity.js';
import { wrapEntity } from './wrap.js';

/** The entity with an id, at a moment. @throws NOT_FOUND */
export async function requireEntity(moment: Moment, sought: string): Promise<Entity> {
  const record = await moment.loaders.entity.load(sought);
  if (record === undefined) {
    const id = quote(sought);
    throw notFoundAt(moment, { present: `No entity has the id ${id}`, past: `No entity had the id ${id}` });
  }
  return wrapEntity(record, moment);
}
