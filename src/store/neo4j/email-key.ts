import { createHash } from 'node:crypto';
import { emailKey as comparedForm } from '../../model/email-address.js';

/** A longer address is found by its hash, because an entry of an index of Neo4j has at most some 8,000 bytes. */
const MAX_LENGTH = 1000;

/** The key by which an address is found. */
export function emailKey(email: string): string {
  const key = comparedForm(email);
  if (key.length <= MAX_LENGTH) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
