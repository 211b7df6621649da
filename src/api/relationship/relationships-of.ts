import type { RelationshipRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import type { Direction, RelationshipPlace, RelationshipsOf } from '../../store/queries.js';
import type { Entity } from '../entity/entity.js';
import { checkFilter } from '../limits/limits.js';
import { type CursorPart, encodeCursor } from '../paging/cursors.js';
import { type Page, type Paging, storedPage } from '../paging/paging.js';
import { RelationshipConnection } from './connection.js';
import { Relationship } from './relationship.js';

/** Which relationships of an entity are asked for. */
export interface RelationshipsFilter {
  readonly direction?: Direction | null | undefined;
  readonly types?: readonly RelationshipType[] | null | undefined;
  readonly ended?: boolean | null | undefined;
}

/** The name in cursors. The order does not depend on the filter, so that a cursor fits every filter. */
const LIST = 'relationships';

/** A page of the relationships of an entity, as GraphQL gives it. */
export async function relationshipsOf(entity: Entity, paging: Paging, asked: RelationshipsFilter) {
  const page = await relationshipPage(entity, paging, asked);
  return new RelationshipConnection(page, (record) => new Relationship(record, entity.moment));
}

/** A page of the relationships of an entity. @throws BAD_INPUT, LIMIT_EXCEEDED */
export async function relationshipPage(
  entity: Entity,
  paging: Paging,
  asked: RelationshipsFilter,
): Promise<Page<RelationshipRecord>> {
  const { moment } = entity;
  checkFilter(asked, moment.services.limits);
  const { size, ...stored } = storedPage(paging, moment.services.limits, LIST, 4, placeOf);
  const query: RelationshipsOf = {
    id: entity.id,
    direction: asked.direction ?? 'BOTH',
    ended: asked.ended ?? false,
    ...(asked.types == null ? {} : { types: asked.types }),
    ...stored,
  };
  const page = await moment.loaders.relationshipsOf.load(query);
  return {
    items: page.relationships.slice(0, size),
    cursors: page.places.slice(0, size).map(cursorOf),
    hasNext: size === 0 ? page.total > 0 : page.hasNext,
    hasPrevious: page.hasPrevious,
    total: page.total,
    revision: moment.revision,
  };
}

function cursorOf(place: RelationshipPlace): string {
  return encodeCursor(LIST, [place.type, place.direction, place.other, place.permission]);
}

function placeOf([type, direction, other, permission]: readonly CursorPart[]): RelationshipPlace {
  const known = RELATIONSHIP_TYPES.find((name) => name === type);
  const way = direction === 'OUT' || direction === 'IN' ? direction : undefined;
  if (
    known === undefined ||
    way === undefined ||
    typeof other !== 'string' ||
    typeof permission !== 'number'
  ) {
    throw badInput('That is not a cursor. Give one that a page of this list gave you.');
  }
  return { type: known, direction: way, other, permission };
}
