import type { EntityRecord, RelationshipRecord } from '../model/entity.js';
import type { Kind } from '../model/kinds.js';
import type { RelationshipType } from '../model/relationships.js';
import type { Millis } from '../model/time.js';

/** Largest page any read gives. */
export const MAX_PAGE = 1000;

/** Which page of a list in order. */
export interface PageRequest<Place> {
  /** Where a page begins or ends: the place of a row in the order. At most one of the two. */
  readonly after?: Place;
  readonly before?: Place;
  /** 1 to {@link MAX_PAGE}: the first ones after `after`, or, with `fromEnd`, the last ones before `before`. */
  readonly limit: number;
  readonly fromEnd?: boolean;
}

/** What is said of every page. */
interface Page<Place> {
  /** The place of each row. */
  readonly places: readonly Place[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The count of all rows that match, on this page or not. */
  readonly total: number;
}

export type EntityOrderField = 'ID' | 'NAME' | 'KIND' | 'CREATED_AT' | 'LAST_USED_AT';

/** Which entities, in which order, and which page of them. */
export interface EntityQuery extends PageRequest<EntityPlace> {
  readonly kinds?: readonly Kind[];
  /** Statuses as asked for, EXPIRED among them: an ACTIVE token that has expired is EXPIRED and not ACTIVE. */
  readonly statuses?: readonly string[];
  /** Ids of sources. */
  readonly sources?: readonly string[];
  readonly live?: boolean;
  /** Part of id, name, external id, email or login, in any case (both sides lower-cased as Unicode does). */
  readonly search?: string;
  /** The moment at which expiry is judged. */
  readonly now: Millis;
  /**
   * Text compares by its UTF-8 bytes, kinds by their place in `KINDS`. Ties are broken by id, ascending.
   * Unknown times come last, in both directions.
   */
  readonly order: { readonly field: EntityOrderField; readonly direction: 'ASC' | 'DESC' };
}

/** The place of an entity in an order: its value there (null: unknown; of a kind: its code) and its id. */
export interface EntityPlace {
  readonly value: string | number | null;
  readonly id: string;
}

export interface EntityPage extends Page<EntityPlace> {
  /** In the order asked for, whichever end the page was taken from. */
  readonly entities: readonly EntityRecord[];
}

export type Direction = 'OUT' | 'IN' | 'BOTH';

/** Which relationships of one entity. */
export interface RelationshipsOf extends PageRequest<RelationshipPlace> {
  readonly id: string;
  readonly direction: Direction;
  /** Left out: every type. */
  readonly types?: readonly RelationshipType[];
  /** Also those that have ended. */
  readonly ended?: boolean;
}

/** The place of a relationship among those of one entity. */
export interface RelationshipPlace {
  readonly type: RelationshipType;
  readonly direction: 'OUT' | 'IN';
  /** Id of the other end. */
  readonly other: string;
  /** Level of the permission, 0 where there is none. */
  readonly permission: number;
}

export interface RelationshipPage extends Page<RelationshipPlace> {
  readonly relationships: readonly RelationshipRecord[];
}
