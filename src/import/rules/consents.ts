import { CASES } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { type RelationshipType, RULES, ruleOf } from '../../model/relationships.js';
import type { RelationshipWrite } from '../../store/draft.js';
import type { Flaw, Place } from '../base/problems.js';
import { RowPlace } from '../read/reader.js';
import type { EntityTable } from '../reconcile/table.js';
import type { RuleContext } from './context.js';
import { stillOpen } from './existing.js';

/** The entity at the other end of a grant, and the place that says so. */
interface Other {
  readonly number: number;
  readonly place: Place;
}

/**
 * Rules about grants: each is granted by one principal to one app, and a grant for everybody does not end with one
 * person, so a person's account does not grant it (semantics, section 2).
 */
export class Consents {
  /** The other ends that this import gives to grants, by type and grant. */
  private readonly others = new Map<RelationshipType, Map<number, Other>>();
  /** Grants that were there before, by type. */
  private readonly known = new Map<RelationshipType, Set<number>>();
  private readonly widenedGrants: number[] = [];

  /** Notes that a grant is granted by, or is for, `other`. Two different ones in one import are reported at once. */
  opened(
    { table, problems }: RuleContext,
    type: RelationshipType,
    grant: number,
    other: number,
    place: Place,
  ): void {
    const others = mapOf(this.others, type, () => new Map<number, Other>());
    const first = others.get(grant);
    if (first === undefined) others.set(grant, { number: other, place });
    else if (first.number !== other) problems.add(place, secondEnd(type));
    if (table.has(grant, 'before')) mapOf(this.known, type, () => new Set<number>()).add(grant);
  }

  /** Notes that a grant of the store is for everybody after this import. */
  widened(grant: number): void {
    this.widenedGrants.push(grant);
  }

  /**
   * Compares the ends that this import gives to grants of the store with those that they still have. What a case said
   * of a grant that it provisioned holds until a source reports the grant.
   */
  async verify(session: RuleContext): Promise<void> {
    for (const [type, grants] of this.known) {
      const direction = ruleOf(type).role === 'CONSENT' ? 'IN' : 'OUT';
      const [grantEnd, otherEnd] = direction === 'IN' ? (['to', 'from'] as const) : (['from', 'to'] as const);
      const overtaken: [RelationshipRecord, RelationshipKey][] = [];
      for await (const records of stillOpen(session, [...grants], [type], direction)) {
        for (const record of records) {
          const { [grantEnd]: grant, [otherEnd]: other } = record;
          const given = this.others.get(type)?.get(grant);
          if (given === undefined || given.number === other) continue;
          if (!isOfCasesAlone(record)) session.problems.add(given.place, secondEnd(type));
          else overtaken.push([record, { ...record, [otherEnd]: given.number }]);
        }
      }
      await endOvertaken(session, overtaken);
    }
    await this.verifyWidened(session);
  }

  private async verifyWidened(session: RuleContext): Promise<void> {
    const { table, draft, problems } = session;
    for (const { type } of RULES.filter(({ role }) => role === 'CONSENT')) {
      for await (const records of stillOpen(session, this.widenedGrants, [type], 'IN')) {
        const givers = await draft.entities(records.map(({ from }) => from));
        for (const [at, { to }] of records.entries()) {
          if (givers[at]?.kind !== 'Account') continue;
          const place = new RowPlace(table.inputOf(to) ?? 0, table.rowOf(to), (row) =>
            session.labelOf(to, row),
          );
          problems.add(place, { ...FOR_ALL, field: 'consentType' });
        }
      }
    }
  }
}

const FOR_ALL: Flaw = {
  field: 'from',
  rule: 'CONSENT_FOR_ALL',
  message:
    'A consent for all principals or a whole domain is not an account’s own: its App or ServiceIdentity GRANTED ' +
    'it, and the administrator who clicked APPROVED it.',
};

/** Whether only a case says that it is open, and no source does. */
function isOfCasesAlone({ claims }: RelationshipRecord): boolean {
  return claims.every(({ source, open }) => source === CASES || !open);
}

/**
 * Ends relationships of a grant that only a case claimed, where a source now reports others: the case may have known the
 * external id of the new grant, and not yet who granted it. The end is recorded as a claim of that source, so that it
 * does not count as one that a case made.
 *
 * @param overtaken each relationship of a case, with the one that the source reports in its place
 */
async function endOvertaken(
  { draft }: RuleContext,
  overtaken: readonly (readonly [RelationshipRecord, RelationshipKey])[],
): Promise<void> {
  const reported = await draft.relationships(overtaken.map(([, key]) => key));
  const writes = overtaken.flatMap(([{ type, from, to, permission, claims }], at): RelationshipWrite[] => {
    const word = reported[at]?.claims.find(({ source, open }) => open && source !== CASES);
    const own = claims.find(({ source }) => source === CASES);
    if (word === undefined || own === undefined) return [];
    // The source may have been read before the case made its claim.
    const reportedAt = Math.max(word.reportedAt, own.reportedAt);
    const others = claims.filter(({ source }) => source !== CASES && source !== word.source);
    const ended = { ...own, source: word.source, open: false, reportedAt };
    return [{ type, from, to, permission, claims: [...others, ended].sort((a, b) => a.source - b.source) }];
  });
  await draft.putRelationships(writes);
}

const NONE: readonly Flaw[] = [];

/** The flaw of a relationship by which an account grants a grant for everybody; else none. */
export function consentForAll(
  table: EntityTable,
  type: RelationshipType,
  from: number,
  to: number,
): readonly Flaw[] {
  if (ruleOf(type).role !== 'CONSENT' || table.kindOf(from) !== 'Account') return NONE;
  return table.has(to, 'forAll') ? [FOR_ALL] : NONE;
}

function secondEnd(type: RelationshipType): Flaw {
  const granted = ruleOf(type).role === 'CONSENT';
  const message = granted
    ? 'Another principal has granted this grant; a grant is one consent of one principal. Give the other consent an id of its own.'
    : 'This grant is for another app already; a grant lets one app act. Give the other consent an id of its own.';
  return { field: granted ? 'from' : 'to', rule: 'GRANT_ENDS', message };
}

function mapOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
