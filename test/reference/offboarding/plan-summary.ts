import type { RotateReadable } from '../known-units.js';
import type { Action } from './actions.js';

/** What of an approved plan the invariants speak of; plain JSON, for whoever plans to write down. */
export interface PlanSummary {
  /** By the id of what is decided. */
  readonly decisions: Readonly<Record<string, Action>>;
  /** Workloads listed as accepted breakage. */
  readonly accepted: readonly string[];
  readonly retired: readonly string[];
  /** Ids of everything the case makes. */
  readonly provisioned: readonly string[];
  readonly rehomed: readonly string[];
  readonly namedChanges: NamedChanges;
  /** Of the policy; it decides what may still stand on the person. */
  readonly rotateReadable: RotateReadable;
}

export interface NamedChanges {
  /** Entities that may come to have another status or other properties. What is provisioned is named anyway. */
  readonly entities: readonly string[];
  /** Relationships that may begin or end: those that fit one of these in all that it says. */
  readonly relationships: readonly NamedRelationship[];
}

export interface NamedRelationship {
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
}
