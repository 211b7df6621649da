import { createHash } from 'node:crypto';

/** A longer address is found by its hash, because an entry of an index of Neo4j has at most some 8,000 bytes. */
const MAX_LENGTH = 1000;

/** The key by which an address in any case is found. */
export function emailKey(email: string): string {
  const lower = email.toLowerCase();
  if (lower.length <= MAX_LENGTH) return lower;
  return `sha256:${createHash('sha256').update(lower).digest('hex')}`;
}
