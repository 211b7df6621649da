import { statusAt } from '../../api/entity/status.js';
import type { EntityRecord } from '../../model/entity.js';
import {
  HELD,
  hasPermission,
  isPrincipal,
  type Level,
  PERMISSIONS,
  permissionOf,
} from '../../model/levels.js';
import { RELATIONSHIP_TYPES } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import type { Piece } from '../output.js';
import type { Link } from './path-tree.js';

/** How one gets there, in words, with the arrow of the relationship: `has account →`, `← stored in`. */
export function linkWords(link: Link): string {
  if (link.kind === 'family') return 'same family:';
  if (link.kind === 'neededBy') return 'needed by:';
  const permission = PERMISSIONS[codePermission(link.code) - 1];
  const words = `${lower(RELATIONSHIP_TYPES[codeType(link.code)] ?? '')}${permission ? ` ${permission}` : ''}`;
  return link.against ? `← ${words}` : `${words} →`;
}

const lower = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

/** The properties that say more closely than its kind what a thing is. */
const CLOSER = ['resourceType', 'tokenType', 'jobType', 'identityType', 'groupType'] as const;

/** What a thing is: `personal access token`, `repository`, `service identity`. */
export function kindWords(record: EntityRecord): string {
  for (const property of CLOSER) {
    const value = record.properties[property];
    if (typeof value === 'string' && value !== '') return lower(value);
  }
  return record.kind.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

/** The status of an entity at a moment, where it is not the usual one. */
export function statusWords(record: EntityRecord, now: Millis): string | undefined {
  const status = statusAt(record, now);
  return status === 'ACTIVE' ? undefined : status;
}

/** What can be done with an entity that is reached with a level; undefined for kinds that have no levels. */
export function levelWords(record: EntityRecord, level: Level): string | undefined {
  if (level === 0) return undefined;
  if (hasPermission(record.kind)) return permissionOf(level);
  if (isPrincipal(record.kind)) return level >= HELD ? 'held' : 'used';
  return undefined;
}

/** How much it matters, and whether anybody wanted it. */
export function weightWords(record: EntityRecord): string[] {
  const { sensitivity, criticality, approval, managed } = record.properties;
  const words: string[] = [];
  if (typeof sensitivity === 'string') words.push(sensitivity);
  if (typeof criticality === 'string' && criticality !== 'UNKNOWN') words.push(`criticality ${criticality}`);
  if (approval === 'UNAPPROVED') words.push('UNAPPROVED');
  if (record.kind === 'Account' && managed === false) words.push('not managed');
  return words;
}

const ALARMING = /^(CRITICAL|HIGH|ADMIN|UNAPPROVED|criticality (CRITICAL|HIGH))$/;

/** Facts in brackets behind a name; what should alarm stands out. */
export function bracketed(facts: readonly string[]): Piece[] {
  const pieces = facts.flatMap((fact, at): Piece[] => [
    { text: at === 0 ? ' [' : ', ', style: 'faint' },
    { text: fact, style: ALARMING.test(fact) ? 'alarm' : 'faint' },
  ]);
  return facts.length === 0 ? [] : [...pieces, { text: ']', style: 'faint' }];
}
