import { createHash } from 'node:crypto';

/** What an index of Neo4j keeps has at most some 8,000 bytes; an address longer than this is found by its hash. */
const LONGEST = 1000;

/** What an address is found by, whatever its case. */
export function emailKey(email: string): string {
  const lower = email.toLowerCase();
  if (lower.length <= LONGEST) return lower;
  return `sha256:${createHash('sha256').update(lower).digest('hex')}`;
}
