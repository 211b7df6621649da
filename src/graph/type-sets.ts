import { type RelationshipRole, RULES } from '../model/relationships.js';
import type { VisitFilter } from './view.js';

/** Relationship types as bits, by what the table says of them. */

const bitsWhere = (accept: (rule: (typeof RULES)[number]) => boolean): number =>
  RULES.reduce((bits, rule, code) => (accept(rule) ? bits | (1 << code) : bits), 0);

const ofRoles = (...roles: readonly RelationshipRole[]): number =>
  bitsWhere(({ role }) => roles.includes(role));

/** What the walk goes over with the arrow, and against it. */
const FORWARD = bitsWhere(({ walk }) => walk !== null && walk.direction !== 'BACKWARD');
const BACKWARD = bitsWhere(({ walk }) => walk !== null && walk.direction !== 'FORWARD');

/** Where the walk goes on to from an entity, by the direction of the arrow. */
export const NEXT_STEPS = { out: { types: FORWARD }, into: { types: BACKWARD } } as const;

/** Where it may have come from: the same relationships, looked at from their other end. */
export const PREVIOUS_STEPS = { out: { types: BACKWARD }, into: { types: FORWARD } } as const;

/** {@link NEXT_STEPS} and {@link PREVIOUS_STEPS}, among what was looked at from the other end before. */
export const NEXT_STEPS_SEEN = seen(NEXT_STEPS);
export const PREVIOUS_STEPS_SEEN = seen(PREVIOUS_STEPS);

export interface Directions {
  readonly out: VisitFilter;
  readonly into: VisitFilter;
}

function seen({ out, into }: Directions): Directions {
  return { out: { ...out, onlySeen: true }, into: { ...into, onlySeen: true } };
}

/** No history: what nothing but the past is told by is looked at by nobody who computes. */
const ALL = bitsWhere(() => true);
const HISTORY = ofRoles('PROVENANCE', 'SUCCESSION', 'REPORTING');

/**
 * What is fetched of an entity where some of it is asked for, because it is asked for next: few relationships
 * leave anything; and of those that arrive, those of which a thing has few.
 */
export const FETCHED_TOGETHER = {
  out: ALL & ~HISTORY,
  into:
    BACKWARD |
    ofRoles(
      'LOGIN',
      'OWNERSHIP',
      'USE',
      'IDENTITY',
      'DEPENDENCY',
      'TRIGGER',
      'CUSTODY',
      'COPY',
      'DEFINITION',
    ),
} as const;

/** Every type, for a visitor that does not say what it looks at. */
export const EVERY_TYPE = ALL;
