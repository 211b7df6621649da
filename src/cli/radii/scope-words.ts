import type { Permission, Sensitivity } from '../../documents/generated/graphql.js';
import type { Scope } from './shapes.js';

const PERMISSIONS: readonly Permission[] = ['READ', 'WRITE', 'ADMIN'];
const SENSITIVITIES: readonly Sensitivity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** How many things that scopes are about are named, and how many unknown scopes. */
const NAMED = 3;

/** The most that the scopes allow on one thing. */
interface Most {
  readonly about: string;
  readonly permission: Permission;
  readonly sensitivity: Sensitivity;
}

/**
 * What scopes allow, in words: `may ADMIN mail (HIGH)`, the gravest first, and `scope x unknown` of each that the table
 * does not have. Who somebody is matters least, and is named only where there is nothing else.
 */
export function scopeWords(access: readonly Scope[]): string[] {
  const most = new Map<string, Most>();
  for (const { about, permission, sensitivity } of access) {
    if (about === null || permission === null || sensitivity === null) continue;
    const before = most.get(about);
    const one = { about, permission, sensitivity };
    most.set(about, before === undefined ? one : higher(before, one));
  }
  const grave = [...most.values()].sort((a, b) => weight(b) - weight(a) || a.about.localeCompare(b.about));
  const matter = grave.filter(({ sensitivity }) => sensitivity !== 'LOW');
  const told = matter.length > 0 ? matter : grave.slice(0, 1);
  const words = told
    .slice(0, NAMED)
    .map(({ about, permission, sensitivity }) => `may ${permission} ${about} (${sensitivity})`);
  if (told.length > NAMED) words.push(`and ${told.length - NAMED} more`);
  const unknown = access.filter(({ permission }) => permission === null);
  if (unknown.length > NAMED) words.push(`${unknown.length} scopes unknown`);
  else words.push(...unknown.map(({ scope }) => `scope ${scope} unknown`));
  return words;
}

const weight = ({ permission, sensitivity }: Most): number =>
  SENSITIVITIES.indexOf(sensitivity) * PERMISSIONS.length + PERMISSIONS.indexOf(permission);

function higher(a: Most, b: Most): Most {
  const best = <T>(order: readonly T[], x: T, y: T) => (order.indexOf(x) > order.indexOf(y) ? x : y);
  return {
    about: a.about,
    permission: best(PERMISSIONS, a.permission, b.permission),
    sensitivity: best(SENSITIVITIES, a.sensitivity, b.sensitivity),
  };
}
