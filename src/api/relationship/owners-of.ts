import { codeOfRole, RELATIONSHIP_TYPES } from '../../model/relationships.js';
import { EntityConnection } from '../entity/connection.js';
import type { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Paging } from '../paging/paging.js';
import { relationshipPage } from './relationships-of.js';

const OWNING = RELATIONSHIP_TYPES.filter((_, code) => code === codeOfRole('OWNERSHIP'));

/** The owners of an entity, in order of id. */
export async function ownersOf(entity: Entity, paging: Paging) {
  const { moment } = entity;
  const page = await relationshipPage(entity, paging, { direction: 'IN', types: OWNING, ended: false });
  const items = page.items.map((owning) => () => entityByNumber(moment, owning.from));
  return new EntityConnection({ ...page, items }, (read) => read());
}
