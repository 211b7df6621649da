import type { EntityRecord } from '../../model/entity.js';
import type { Kind } from '../../model/kinds.js';
import type { Moment } from '../operation/moment.js';
import { Account } from './account.js';
import { App } from './app.js';
import type { Entity } from './entity.js';
import { Grant } from './grant.js';
import { Group } from './group.js';
import { Human } from './human.js';
import { Job } from './job.js';
import { Resource } from './resource.js';
import { Secret } from './secret.js';
import { ServiceIdentity } from './service-identity.js';
import { Token } from './token.js';

type EntityClass = new (record: EntityRecord, moment: Moment) => Entity;

const CLASSES: Readonly<Record<Kind, EntityClass>> = {
  Human,
  Account,
  Group,
  ServiceIdentity,
  App,
  Grant,
  Token,
  Secret,
  Job,
  Resource,
};

/** The class of every kind. Most of them are in the schema only through the interface. */
export const ENTITY_CLASSES: readonly EntityClass[] = Object.values(CLASSES);

/** The GraphQL object of a record, by its kind. */
export function wrapEntity(record: EntityRecord, moment: Moment): Entity {
  return new CLASSES[record.kind](record, moment);
}

/** The entity with a number from the graph, which exists. */
export async function entityByNumber(moment: Moment, number: number): Promise<Entity> {
  const record = await moment.loaders.entityByNumber.load(number);
  if (record === undefined) throw new Error(`The store has no entity ${number} at ${moment.revision}.`);
  return wrapEntity(record, moment);
}

/** The entity with an id; null where there is none, for example before a plan has made it. */
export async function entityOrNull(moment: Moment, id: string): Promise<Entity | null> {
  const record = await moment.loaders.entity.load(id);
  return record === undefined ? null : wrapEntity(record, moment);
}

/** The entity with an id that was recorded earlier. Where its source was removed since, it is given as it was last known. */
export async function entityById(moment: Moment, id: string): Promise<Entity> {
  const found = (await moment.loaders.entity.load(id)) ?? (await moment.loaders.entityEver.load(id));
  if (found === undefined) throw new Error(`The store has no entity ${id} at ${moment.revision}.`);
  return wrapEntity(found, moment);
}
