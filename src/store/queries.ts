import type { EntityRecord, RelationshipRecord } from '../model/entity.js';
import type { Kind } from '../model/kinds.js';
import type { RelationshipType } from '../model/relationships.js';
import type { Millis } from '../model/time.js';

/** The most rows that a page can have. */
export const MAX_PAGE = 1000;

/** A page of a sorted list. */
export interface PageRequest<Place> {
  /** The place after which the page begins, or before which it ends. At most one of the two. */
  readonly after?: Place;
  readonly before?: Place;
  /** 1 to {@link MAX_PAGE} rows: the first ones after `after`, or, with `fromEnd`, the last ones before `before`. */
  readonly limit: number;
  readonly fromEnd?: boolean;
}

/** The position of a page in its list. */
interface Page<Place> {
  /** The place of each row. */
  readonly places: readonly Place[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The count of all rows that match, on this page or not. */
  readonly total: number;
}

/** The times of an entity that its source may not know. */
export const ENTITY_TIMES = ['CREATED_AT', 'LAST_USED_AT', 'EXPIRES_AT', 'LAST_WORKING_DAY'] as const;
/** One of {@link ENTITY_TIMES}. */
export type EntityTime = (typeof ENTITY_TIMES)[number];

/** What a list of entities may be sorted by. */
export const ENTITY_ORDER_FIELDS = ['ID', 'NAME', 'KIND', ...ENTITY_TIMES] as const;
/** MATCH: by how well an entity matches `search` (`match-rank.ts`), the best first; without it, all are alike. */
export type EntityOrderField = (typeof ENTITY_ORDER_FIELDS)[number] | 'MATCH';

/** A selection of entities, their order, and a page of them. */
export interface EntityQuery extends PageRequest<EntityPlace> {
  readonly kinds?: readonly Kind[];
  /** Statuses, which may include EXPIRED: an ACTIVE token that has expired is EXPIRED and not ACTIVE. */
  readonly statuses?: readonly string[];
  /** Ids of sources. */
  readonly sources?: readonly string[];
  readonly live?: boolean;
  /** A part of the id, name, external id, email or login, in any case (Unicode lower case on both sides). */
  readonly search?: string;
  /** Only tokens of one of these types. */
  readonly tokenTypes?: readonly string[];
  /** Only entities whose time is known and earlier than this. */
  readonly createdBefore?: Millis;
  readonly lastUsedBefore?: Millis;
  readonly expiresBefore?: Millis;
  /** Only humans whose last working day, by its date as written (YYYY-MM-DD), is in this range, both ends included. */
  readonly lastWorkingDay?: { readonly from?: string; readonly until?: string };
  /** Only entities of which all of these times are unknown. A token without `expiresAt` may also never expire. */
  readonly unknown?: readonly EntityTime[];
  /** The time at which expiry is judged. */
  readonly now: Millis;
  /**
   * Text compares by its UTF-8 bytes, kinds by their place in `KINDS`. Ties are broken by id, ascending.
   * Unknown times come last, in both directions.
   */
  readonly order: { readonly field: EntityOrderField; readonly direction: 'ASC' | 'DESC' };
}

/** The place of an entity in an order: its id, and the value that is compared (null: unknown; a kind: its code). */
export interface EntityPlace {
  readonly value: string | number | null;
  readonly id: string;
}

export interface EntityPage extends Page<EntityPlace> {
  /** In the order of the query, from whichever end the page was taken. */
  readonly entities: readonly EntityRecord[];
}

export type Direction = 'OUT' | 'IN' | 'BOTH';

/** A selection of the relationships of one entity, and a page of them. */
export interface RelationshipsOf extends PageRequest<RelationshipPlace> {
  readonly id: string;
  readonly direction: Direction;
  /** Left out: all types. */
  readonly types?: readonly RelationshipType[];
  /** Whether ended relationships are included. */
  readonly ended?: boolean;
}

/** The place of a relationship among the relationships of one entity. */
export interface RelationshipPlace {
  readonly type: RelationshipType;
  readonly direction: 'OUT' | 'IN';
  /** The id of the entity at the other end. */
  readonly other: string;
  /** The level of the permission; 0 where there is none. */
  readonly permission: number;
}

export interface RelationshipPage extends Page<RelationshipPlace> {
  readonly relationships: readonly RelationshipRecord[];
}
