import type { Piece } from '../output.js';
import type { Link } from './path-tree.js';
import type { Reach, Shown } from './shapes.js';

/** How one gets there, in words, with the arrow of the relationship: `has account →`, `← stored in`. */
export function linkWords(link: Link): string {
  if (link.kind === 'family') return 'same family:';
  if (link.kind === 'neededBy') return 'needed by:';
  if (link.kind === 'person') return 'from';
  const words = `${lower(link.type)}${link.permission === null ? '' : ` ${link.permission}`}`;
  return link.against ? `← ${words}` : `${words} →`;
}

const lower = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

/** The properties that say more closely than its kind what a thing is. */
const CLOSER = ['resourceType', 'tokenType', 'jobType', 'identityType', 'groupType'] as const;

/** What a thing is: `personal access token`, `repository`, `service identity`. */
export function kindWords(entity: Shown): string {
  return lower(CLOSER.map((property) => entity[property]).find(Boolean) ?? entity.kind);
}

/** The status of an entity, where it is not the usual one. */
export function statusWords({ status }: Pick<Shown, 'status'>): string | undefined {
  return status === 'ACTIVE' ? undefined : status;
}

/** What can be done with an entity that is reached; undefined for kinds that have no levels. */
export function levelWords({ permission, held }: Pick<Reach, 'permission' | 'held'>): string | undefined {
  if (permission !== null) return permission;
  return held === null ? undefined : held ? 'held' : 'used';
}

/** How much it matters, and whether anybody wanted it. */
export function weightWords({ kind, sensitivity, criticality, approval, managed }: Shown): string[] {
  const words: string[] = [];
  if (sensitivity) words.push(sensitivity);
  if (criticality && criticality !== 'UNKNOWN') words.push(`criticality ${criticality}`);
  if (approval === 'UNAPPROVED') words.push('UNAPPROVED');
  if (kind === 'ACCOUNT' && managed === false) words.push('not managed');
  return words;
}

const ALARMING =
  /^(CRITICAL|HIGH|ADMIN|UNAPPROVED|criticality (CRITICAL|HIGH)|may \w+ \w+ \((CRITICAL|HIGH)\))$/;

/** Facts in brackets behind a name; what should alarm stands out. */
export function bracketed(facts: readonly string[]): Piece[] {
  const pieces = facts.flatMap((fact, at): Piece[] => [
    { text: at === 0 ? ' [' : ', ', style: 'faint' },
    { text: fact, style: ALARMING.test(fact) ? 'alarm' : 'faint' },
  ]);
  return facts.length === 0 ? [] : [...pieces, { text: ']', style: 'faint' }];
}
