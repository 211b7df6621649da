import type { Kind, Status } from '../../model/kinds.js';
import type { Permission } from '../../model/levels.js';
import type { RelationshipType } from '../../model/relationships.js';

/** A relationship by the ids of its ends. */
export interface RelationshipName {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  /** Only for a type that has one: it tells two relationships of the type apart. */
  readonly permission?: Permission;
}

/**
 * A change that an action makes in the graph when it is done. A plan names all its changes, so that the prediction,
 * the execution and the check for other changes read the same list.
 */
export type Change =
  | { readonly change: 'SET_STATUS'; readonly entity: string; readonly status: Status }
  | { readonly change: 'CREATE'; readonly entity: NewEntity }
  | { readonly change: 'OPEN'; readonly relationship: RelationshipName & RelationshipDetails }
  | {
      readonly change: 'END';
      readonly relationship: RelationshipName & {
        /** It is open no longer by word of the case that had opened it; where a source claims it, it stays. Never in a plan. */
        readonly withdrawn?: true;
      };
    };

/** An entity that a plan makes. */
export interface NewEntity {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** Id of the source it is provisioned in, to which it belongs. */
  readonly source: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a relationship says besides its name. */
export interface RelationshipDetails {
  readonly required?: boolean;
  /** Whether one end ends by itself with the other; left out: no. */
  readonly sustains?: boolean;
  readonly scopes?: readonly string[];
  /** The relationship was open before the same case ended it, and is restored as it was; other details are ignored. */
  readonly restored?: true;
}
