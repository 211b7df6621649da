import { ROLES, type Role } from './roles.js';

/** One static token. The file has only its hash, never the token itself. */
export interface TokenEntry {
  /** SHA-256 of the token, in hex. */
  readonly sha256: string;
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Why a token file cannot be used, in part of a sentence; undefined where it can. */
export function tokenFileProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return 'it is not a list of tokens, or an empty one';
  for (const [at, entry] of value.entries()) {
    const problem = entryProblem(entry);
    if (problem !== undefined) return `entry ${at + 1} ${problem}`;
  }
  const hashes = value.map((entry: TokenEntry) => entry.sha256.toLowerCase());
  return new Set(hashes).size < hashes.length ? 'two entries have the same sha256' : undefined;
}

function entryProblem(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'is not an object';
  const { sha256, subject, roles } = entry as Partial<Record<keyof TokenEntry, unknown>>;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256)) return 'has no sha256 of 64 hex digits';
  if (typeof subject !== 'string' || subject === '') return 'has no subject';
  if (!Array.isArray(roles) || roles.length === 0) return 'has no roles';
  const unknown = roles.find((role) => !ROLES.includes(role as Role));
  return unknown === undefined ? undefined : `names a role that is none of ${ROLES.join(', ')}`;
}
