import type { RelationshipProperties } from '../../model/claims.js';
import type { Permission } from '../../model/levels.js';
import { ruleOf } from '../../model/relationships.js';
import type { SnapshotRelationship } from '../../model/snapshot.js';
import { type Millis, parseTime } from '../../model/time.js';
import type { Flaw } from '../base/problems.js';
import { badTime } from './entity-item.js';

/** A relationship as a source reports it, without its ends: defaults filled in, times in milliseconds. */
export interface ReportedRelationship extends RelationshipProperties {
  readonly permission: Permission | null;
  /** When it began by the source's own statement; null: it does not say. */
  readonly startedAt: Millis | null;
  readonly ended: boolean;
}

const NO_SCOPES: readonly string[] = [];

/** Reads an item whose form has been checked. @param flawed is called for times that do not exist */
export function readRelationship(
  item: SnapshotRelationship,
  flawed: (flaw: Flaw) => void,
): ReportedRelationship {
  const { properties } = ruleOf(item.type);
  const time = (field: string, text: string | null | undefined): Millis | null => {
    if (text === null || text === undefined) return null;
    const at = parseTime(text);
    if (at === undefined) flawed(badTime(field, text));
    return at ?? null;
  };
  return {
    permission: properties.includes('permission') ? (item.permission ?? 'READ') : null,
    needs: properties.includes('needs') ? (item.needs ?? 'WRITE') : null,
    required: item.required ?? true,
    access: item.access ?? true,
    sustains: item.sustains ?? false,
    how: item.how ?? null,
    lastReadAt: time('lastReadAt', item.lastReadAt),
    scopes: item.scopes ?? NO_SCOPES,
    evidence: item.evidence ?? null,
    startedAt: time('startedAt', item.startedAt),
    ended: item.ended === true,
  };
}

/** Merges two lines of one source with the same relationship: the stronger claim holds. */
export function stronger(a: ReportedRelationship, b: ReportedRelationship): ReportedRelationship {
  return {
    permission: a.permission,
    needs: lower(a.needs, b.needs),
    required: a.required || b.required,
    access: a.access || b.access,
    sustains: a.sustains || b.sustains,
    how: a.how ?? b.how,
    lastReadAt: a.lastReadAt === null ? b.lastReadAt : Math.max(a.lastReadAt, b.lastReadAt ?? a.lastReadAt),
    scopes: [...new Set([...a.scopes, ...b.scopes])],
    evidence: a.evidence ?? b.evidence,
    startedAt: a.startedAt === null ? b.startedAt : Math.min(a.startedAt, b.startedAt ?? a.startedAt),
    ended: a.ended && b.ended,
  };
}

const WEAKEST_FIRST: readonly Permission[] = ['READ', 'WRITE', 'ADMIN'];

function lower(a: Permission | null, b: Permission | null): Permission | null {
  return WEAKEST_FIRST.find((permission) => permission === a || permission === b) ?? null;
}
