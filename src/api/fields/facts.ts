import { Extensions } from 'type-graphql';
import type { Role } from '../../model/roles.js';

/**
 * What the declaration of a field says besides its type. Each fact is a decorator beside `@Query`, `@Mutation`,
 * `@Subscription` or `@Field`, and is kept in the extensions of the field in the built schema.
 */
interface FieldFacts {
  readonly allowedRoles?: readonly Role[];
  readonly extraCost?: number;
  readonly answersFrom?: AnswerBasis;
}

/** What an answer depends on, besides the document, its variables and the caller. */
export type AnswerBasis =
  /** The state that the operation has pinned, and what has expired by its time. */
  | 'state'
  /** The aggregate that is computed in the background, of some state. */
  | 'aggregate';

/** A field of the built schema, as far as its facts go. */
interface Described {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Which roles may ask for a root field. Every root field has this decorator; without it the schema is not built. */
export const AllowedRoles = (roles: readonly Role[]) => decorate({ allowedRoles: roles });

/**
 * How much more a field costs than its answer shows: as many fields as this, in the unit of the limit `cost`.
 * A field without this decorator costs what its answer shows.
 */
export const ExtraCost = (fields: number) => decorate({ extraCost: fields });

/**
 * Says that the answer of a root query follows from a state of the graph alone, so that it may have an ETag.
 * A field without this decorator has none: its answer may change while the graph stays the same, for example when
 * a waiver ends.
 */
export const AnswersFrom = (basis: AnswerBasis) => decorate({ answersFrom: basis });

/** The roles of {@link AllowedRoles}; undefined where the field does not have the decorator. */
export const allowedRolesOf = (field: Described): readonly Role[] | undefined => factsOf(field).allowedRoles;

/** The cost of {@link ExtraCost}; 0 where the field does not have the decorator. */
export const extraCostOf = (field: Described): number => factsOf(field).extraCost ?? 0;

/** The basis of {@link AnswersFrom}; undefined where the field does not have the decorator. */
export const answerBasisOf = (field: Described): AnswerBasis | undefined => factsOf(field).answersFrom;

// TypeGraphQL merges the extensions of several decorators of one field by key.
const decorate = (facts: FieldFacts) => Extensions({ ...facts });

const factsOf = ({ extensions }: Described): FieldFacts => extensions;
