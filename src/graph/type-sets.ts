import { type RelationshipRole, RULES } from '../model/relationships.js';
import type { VisitFilter } from './view.js';

/** A set of relationship types, one bit for each type code: those that the relationship table accepts. */
const bitsWhere = (accept: (rule: (typeof RULES)[number]) => boolean): number =>
  RULES.reduce((bits, rule, code) => (accept(rule) ? bits | (1 << code) : bits), 0);

const ofRoles = (...roles: readonly RelationshipRole[]): number =>
  bitsWhere(({ role }) => roles.includes(role));

/** The types that the walk follows with the arrow, and those that it follows against it. */
const FORWARD = bitsWhere(({ walk }) => walk !== null && walk.direction !== 'BACKWARD');
const BACKWARD = bitsWhere(({ walk }) => walk !== null && walk.direction !== 'FORWARD');

/** The relationships by which the walk leaves an entity, by the direction of their arrow. */
export const NEXT_STEPS = { out: { types: FORWARD }, into: { types: BACKWARD } } as const;

/** The relationships by which the walk arrives at an entity: the same ones, seen from their other end. */
export const PREVIOUS_STEPS = { out: { types: BACKWARD }, into: { types: FORWARD } } as const;

/** {@link NEXT_STEPS} and {@link PREVIOUS_STEPS}, limited to relationships already seen from their other end. */
export const NEXT_STEPS_SEEN = seen(NEXT_STEPS);
export const PREVIOUS_STEPS_SEEN = seen(PREVIOUS_STEPS);

/** The relationships that a visitor needs, by the direction of their arrow. */
export interface Directions {
  readonly out: VisitFilter;
  readonly into: VisitFilter;
}

function seen({ out, into }: Directions): Directions {
  return { out: { ...out, onlySeen: true }, into: { ...into, onlySeen: true } };
}

const ALL = bitsWhere(() => true);
/** Types that only record the past. No computation reads them. */
const HISTORY = ofRoles('PROVENANCE', 'SUCCESSION', 'REPORTING');

/**
 * The types that are fetched together as soon as a query needs one of them, because it usually needs the others next.
 * Only types of which an entity has few relationships: nearly all that leave it, and some that arrive at it.
 */
export const FETCHED_TOGETHER = {
  out: ALL & ~HISTORY,
  into:
    BACKWARD |
    ofRoles(
      'LOGIN',
      'OWNERSHIP',
      'CONSENT',
      'ISSUANCE',
      'DELEGATION',
      'USE',
      'IDENTITY',
      'DEPENDENCY',
      'TRIGGER',
      'CUSTODY',
      'COPY',
      'DEFINITION',
    ),
} as const;

/** The relationships by which an entity may be sustained, where they say `sustains`, by the direction of their arrow. */
export const SUSTAINERS: Directions = {
  out: { types: bitsWhere(({ sustainer }) => sustainer === 'TO') },
  into: { types: bitsWhere(({ sustainer }) => sustainer === 'FROM') },
};

/** The same relationships, seen from the entity that sustains. */
export const SUSTAINED: Directions = { out: SUSTAINERS.into, into: SUSTAINERS.out };

/** Every type, for a visitor that does not name the types it needs. */
export const EVERY_TYPE = ALL;
