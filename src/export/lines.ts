import canonicalize from 'canonicalize';
import type { RelationshipClaim } from '../model/claims.js';
import type { CouldNotRead } from '../model/could-not-read.js';
import type { EntityRecord, RelationshipRecord, SourceRecord } from '../model/entity.js';
import { COMMON_PROPERTIES, PROPERTIES, type PropertyRule } from '../model/properties.js';
import { type RelationshipProperty, ruleOf } from '../model/relationships.js';
import { formatTime } from '../model/time.js';

/**
 * Lines of an exported snapshot. Fields are in a fixed order, unknown ones are left out, and the times of recording are
 * not written. So an export, its import into an empty store and another export give the same bytes.
 */

/** The first line: the header of the source, with the mode `full`. */
export function headerLine(source: Omit<SourceRecord, 'number' | 'fullSyncedAt'>): string {
  const { id, vendor, name, syncedAt, actuation, reports, couldNotRead } = source;
  return JSON.stringify({
    source: {
      id,
      vendor: vendor ?? undefined,
      name: name ?? undefined,
      syncedAt: formatTime(syncedAt),
      actuation,
      reports: [...reports].sort(),
    },
    mode: 'full',
    couldNotRead: couldNotRead.length === 0 ? undefined : couldNotRead.map(writtenCouldNotRead),
  });
}

const writtenCouldNotRead = ({ kinds, account, because }: CouldNotRead) => ({
  kinds,
  account: account ?? undefined,
  because,
});

/** The line of an entity with its present status, whether a source or a case set it. */
export function entityLine(record: EntityRecord): string {
  const common = pick(COMMON_PROPERTIES, record as unknown as Readonly<Record<string, unknown>>);
  const { kind, id, name, status, attributes } = record;
  // The keys of attributes are in the order of RFC 8785, because stores may return them in different orders.
  const some = Object.keys(attributes).length > 0;
  const sorted = some ? (JSON.parse(canonicalize(attributes) as string) as unknown) : undefined;
  const entity = { kind, id, name, status, ...common, ...pick(PROPERTIES[kind], record.properties) };
  return JSON.stringify({ entity: { ...entity, attributes: sorted } });
}

/** The line of a relationship as one source claims it. */
export function relationshipLine(record: RelationshipRecord, claim: RelationshipClaim): string {
  const { type, permission } = record;
  const values: Readonly<Record<RelationshipProperty, unknown>> = {
    permission,
    needs: claim.needs,
    required: claim.required,
    access: claim.access,
    // Only where it is so: the other is what a source says by leaving it out.
    sustains: claim.sustains ? true : null,
    how: claim.how,
    lastReadAt: claim.lastReadAt === null ? null : formatTime(claim.lastReadAt),
    scopes: claim.scopes.length === 0 ? null : claim.scopes,
  };
  const own = ruleOf(type).properties.flatMap((name) =>
    values[name] === null ? [] : [[name, values[name]] as const],
  );
  return JSON.stringify({
    relationship: {
      type,
      from: record.fromId,
      to: record.toId,
      ...Object.fromEntries(own),
      startedAt: claim.startedByWord ? formatTime(claim.startedAt) : undefined,
      evidence: claim.evidence ?? undefined,
    },
  });
}

function pick(
  rules: Readonly<Record<string, PropertyRule>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(rules)) {
    const value = values[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    picked[name] = type === 'time' ? formatTime(value as number) : value;
  }
  return picked;
}
