import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Role } from '../../../src/model/roles.js';
import type { Bench, How } from './tendril.js';

/** Everybody whom the tests sign in, and what they may. */
export const ROLES_OF = {
  pat: ['PLANNER'],
  ann: ['APPROVER'],
  ola: ['OPERATOR'],
  vic: ['VIEWER'],
  aud: ['AUDITOR'],
  adi: ['ADMIN'],
} satisfies Record<string, Role[]>;

export type Person = keyof typeof ROLES_OF;

/** The environment in which a person types commands. */
export function asPerson(bench: Bench, person: Person): NonNullable<How['env']> {
  const tokens = Object.entries(ROLES_OF).map(([subject, roles]) => ({
    sha256: createHash('sha256').update(tokenOf(subject)).digest('hex'),
    subject,
    roles,
  }));
  const file = bench.path('tokens.json');
  writeFileSync(file, JSON.stringify(tokens));
  return { TENDRIL_TOKENS: file, TENDRIL_TOKEN: tokenOf(person) };
}

const tokenOf = (subject: string): string => `token-of-${subject}`;
