import * as fc from 'fast-check';
import type { Kind } from '../../../src/model/kinds.js';
import type { Feature } from '../../reference/built.js';
import { SCRIPTS } from './ids.js';

/** The moment every company is asked about. */
export const NOW = Date.UTC(2026, 10, 1, 12);

const DAY = 86_400_000;

/** An entity before it has an id: its properties as a document writes them. */
export interface EntityDraft {
  readonly kind: Kind;
  readonly script: string;
  /** Which of the sources reports it, by position. */
  readonly source: number;
  /** Ended by a delta, not by the status it was first reported with. */
  readonly endedLater: boolean;
  /** An unmanaged account that opens nothing, or a credential that does not: only quiet things come of them. */
  readonly quiet: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Properties = fc.Arbitrary<Readonly<Record<string, unknown>>>;

/** Shrinks to true, as the plainest company is alive and managed. */
const often = fc.constantFrom(true, true, false);
const seldom = fc.constantFrom(false, false, false, false, true);

function oneOf<T>(...words: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...words);
}

/** A property that a source may leave out. */
function maybe(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.option(arbitrary, { nil: undefined, freq: 3 });
}

const criticality = maybe(oneOf('LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNKNOWN'));
const approval = maybe(oneOf('APPROVED', 'APPROVED', 'UNAPPROVED', 'UNKNOWN'));
const active = oneOf('ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE');

/** Just before, exactly at and just after the moment asked about, and far from it. */
const expiry = oneOf(90 * DAY, 1, 90 * DAY, 0, 1, -1, 400 * DAY).map((after) => iso(NOW + after));
const earlier = oneOf(1, 30, 91, 400).map((days) => iso(NOW - days * DAY));

function iso(at: number): string {
  return new Date(at).toISOString();
}

function status(...dead: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: active, weight: 5 }, { arbitrary: oneOf(...dead), weight: 1 });
}

const PROPERTIES: Readonly<Record<Kind, Properties>> = {
  Human: fc.record({ status: oneOf('ACTIVE', 'ACTIVE', 'ACTIVE', 'LEAVING', 'LEFT') }),
  Account: fc.record({ status: status('DISABLED'), managed: maybe(often) }),
  Group: fc.record({ status: status('RETIRED') }),
  ServiceIdentity: fc.record({ status: status('RETIRED'), managed: maybe(seldom) }),
  App: fc.record({
    status: status('SUSPENDED', 'RETIRED'),
    criticality,
    approval,
    lastUsedAt: maybe(earlier),
  }),
  Grant: fc.record({
    status: status('REVOKED'),
    grantType: oneOf('DELEGATED', 'DELEGATED', 'DELEGATED', 'APPLICATION', 'DOMAIN_WIDE'),
    consentType: oneOf('PRINCIPAL', 'PRINCIPAL', 'PRINCIPAL', 'ALL_PRINCIPALS'),
  }),
  Token: fc.record({
    status: status('REVOKED'),
    tokenType: oneOf('API_KEY', 'PERSONAL_ACCESS_TOKEN', 'REFRESH', 'ACCESS', 'SESSION', 'SSH_KEY'),
    family: fc.option(oneOf('f1', 'f2'), { nil: undefined, freq: 3 }),
    expiresAt: fc.option(expiry, { nil: undefined, freq: 2 }),
    selfContained: maybe(seldom),
  }),
  Secret: fc.record({
    status: fc.oneof({ arbitrary: oneOf('ROTATION_REQUIRED'), weight: 1 }, status('REVOKED')),
  }),
  Job: fc.record({
    status: status('SUSPENDED', 'RETIRED'),
    ...{ criticality, approval, lastUsedAt: maybe(earlier), lastRunAt: maybe(earlier) },
    jobType: oneOf('CI_JOB', 'SCRIPT', 'AI_AGENT', 'WORKFLOW'),
  }),
  Resource: fc.record({
    status: status('RETIRED'),
    sensitivity: maybe(oneOf('LOW', 'HIGH', 'CRITICAL')),
    personal: maybe(fc.boolean()),
  }),
};

/** How many of each kind there are at the least, and at the most where there may be forty. */
const COUNTS: readonly (readonly [Kind, number, number])[] = [
  ['Human', 1, 4],
  ['Account', 1, 5],
  ['Group', 0, 3],
  ['ServiceIdentity', 0, 3],
  ['App', 0, 3],
  ['Grant', 0, 3],
  ['Token', 1, 6],
  ['Secret', 1, 4],
  ['Job', 1, 6],
  ['Resource', 1, 3],
];

/** Every kind in turn; `maxEntities` is kept to as nearly as one of each needed kind allows. */
export function entitiesArbitrary(
  maxEntities: number,
  built: ReadonlySet<Feature>,
): fc.Arbitrary<readonly EntityDraft[]> {
  const lists = COUNTS.map(([kind, minLength, most]) => {
    const maxLength = Math.max(minLength, Math.floor((most * maxEntities) / 40));
    return fc.array(entityArbitrary(kind, built), { minLength, maxLength, size: 'max' });
  });
  return fc.tuple(...lists).map((kinds) => kinds.flat());
}

function entityArbitrary(kind: Kind, built: ReadonlySet<Feature>): fc.Arbitrary<EntityDraft> {
  return fc
    .record({
      kind: fc.constant(kind),
      script: oneOf(...SCRIPTS),
      source: fc.nat(2),
      endedLater: fc.constantFrom(...Array<boolean>(24).fill(false), true),
      quiet: fc.nat(7).map((lot) => lot < (kind === 'Account' ? 4 : 1)),
      properties: PROPERTIES[kind],
    })
    .map((entity) => ({ ...entity, quiet: isQuiet(entity, built) }));
}

function isQuiet({ kind, quiet, properties }: EntityDraft, built: ReadonlySet<Feature>): boolean {
  if (kind === 'Account') return quiet && properties.managed === false;
  return quiet && built.has('spent') && (kind === 'Token' || kind === 'Grant');
}
