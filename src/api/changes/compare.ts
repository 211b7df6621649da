import type { EntityRecord, RelationshipRecord } from '../../model/entity.js';
import { isLiveStatus } from '../../model/kinds.js';
import { formatTime } from '../../model/time.js';

export type RowChangeKind = 'NEW' | 'GONE' | 'BACK' | 'CHANGED';

/** A property that differs. Values are text as the API writes them; null: unknown, or not there. */
export interface FieldDifference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** How a row differs; undefined where it does not in anything that is told. */
export interface Difference {
  readonly kind: RowChangeKind;
  readonly fields: readonly FieldDifference[];
}

/** What happens all the time and changes nothing else: a use, or that something was read again. */
const PASSING = ['lastUsedAt', 'lastRunAt', 'lastReadAt'];
/** Properties that are times in milliseconds. */
const TIMES = ['createdAt', 'expiresAt', 'rotatedAt', 'startedAt'];

/**
 * The difference of an entity between two states.
 *
 * @param before undefined: it was not there yet
 * @param after undefined: it is not there any more, because its source or its import was taken back
 */
export function compareEntity(
  before: EntityRecord | undefined,
  after: EntityRecord | undefined,
): Difference | undefined {
  if (after === undefined) {
    const wasLive = before !== undefined && isLiveStatus(before.kind, before.status);
    return wasLive ? { kind: 'GONE', fields: [] } : undefined;
  }
  if (before === undefined) return { kind: 'NEW', fields: [] };
  const fields = differences(valuesOf(before), valuesOf(after));
  if (fields.length === 0) return undefined;
  const [was, is] = [before, after].map(({ kind, status }) => isLiveStatus(kind, status));
  return { kind: was === is ? 'CHANGED' : is ? 'BACK' : 'GONE', fields };
}

function valuesOf(entity: EntityRecord): Readonly<Record<string, unknown>> {
  const { name, status, externalId, createdAt, properties, attributes } = entity;
  return { name, status, externalId, createdAt, ...properties, attributes };
}

/** The difference of a relationship between two states; undefined also where it was not open in either. */
export function compareRelationship(
  before: RelationshipRecord | undefined,
  after: RelationshipRecord | undefined,
): Difference | undefined {
  const [was, is] = [before?.open === true, after?.open === true];
  if (!was && !is) return undefined;
  if (before === undefined || !was) return { kind: before === undefined ? 'NEW' : 'BACK', fields: [] };
  if (after === undefined || !is) return { kind: 'GONE', fields: [] };
  const fields = differences(propertiesOf(before), propertiesOf(after));
  return fields.length === 0 ? undefined : { kind: 'CHANGED', fields };
}

function propertiesOf(relationship: RelationshipRecord): Readonly<Record<string, unknown>> {
  const { needs, required, access, sustains, how, scopes, evidence } = relationship;
  return { needs, required, access, sustains, how, scopes, evidence };
}

function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((field) => {
    if (PASSING.includes(field)) return [];
    const [one, other] = [textOf(field, before[field]), textOf(field, after[field])];
    return one === other ? [] : [{ field, before: one, after: other }];
  });
}

function textOf(field: string, value: unknown): string | null {
  if (value == null) return null;
  if (typeof value === 'number' && TIMES.includes(field)) return formatTime(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
