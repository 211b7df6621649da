import { codeOfRole, RELATIONSHIP_TYPES } from '../../model/relationships.js';
import type { Paging } from '../paging.js';
import { relationshipPage } from '../relationship/relationships-of.js';
import { EntityConnection } from './connection.js';
import type { Entity } from './entity.js';
import { entityByNumber } from './wrap.js';

const OWNING = RELATIONSHIP_TYPES.filter((_, code) => code === codeOfRole('OWNERSHIP'));

/** The owners of an entity, in order of id. */
export async function ownersOf(entity: Entity, paging: Paging) {
  const { moment } = entity;
  const page = await relationshipPage(entity, paging, { direction: 'IN', types: OWNING, ended: false });
  const items = page.items.map((owning) => () => entityByNumber(moment, owning.from));
  return new EntityConnection({ ...page, items }, (read) => read());
}
