import type {
  Approval,
  Criticality,
  EntityKind,
  EntityStatus,
  Permission,
  RelationshipType,
  Sensitivity,
} from '../../documents/generated/graphql.js';

/** An entity as the fragment `Shown` asks for it: what it has of each kind's properties is there. */
export interface Shown {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly status: EntityStatus;
  readonly managed?: boolean | null;
  readonly approval?: Approval | null;
  readonly criticality?: Criticality | null;
  readonly sensitivity?: Sensitivity | null;
  readonly resourceType?: string | null;
  readonly tokenType?: string | null;
  readonly jobType?: string | null;
  readonly identityType?: string | null;
  readonly groupType?: string | null;
  /** Of a grant or token: what each of its scopes allows. */
  readonly access?: readonly Scope[];
}

/** What a scope allows, as the fragment `Scope` asks for it; nulls: unknown. */
export interface Scope {
  readonly scope: string;
  readonly permission: Permission | null;
  readonly sensitivity: Sensitivity | null;
  readonly about: string | null;
}

/** A step of a path as the fragment `ShownStep` asks for it. */
export interface Step {
  readonly from: Shown;
  readonly relationship: {
    readonly type: RelationshipType;
    readonly from: { readonly id: string };
    readonly permission: Permission | null;
  };
  readonly to: Shown;
}

/** A member of a set of a radius, with the path that explains it. */
export interface Reach {
  readonly entity: Shown;
  readonly distance: number;
  readonly permission: Permission | null;
  readonly held: boolean | null;
  readonly path: readonly Step[];
}

/** Something that has to end and is needed. */
export interface Conflict {
  readonly entity: Shown;
  readonly resolution: string;
  readonly workloads: readonly Shown[];
  readonly path: readonly Step[];
}
