import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Viewer } from '../api/access/access.js';
import type { Role } from '../model/roles.js';
import type { TokenEntry } from '../model/token-file.js';

/** Finds callers by static tokens. */
export class StaticTokens {
  readonly #entries: readonly { readonly hash: Buffer; readonly viewer: Viewer }[];

  constructor(entries: readonly TokenEntry[]) {
    this.#entries = entries.map(({ sha256, subject, roles }) => ({
      hash: Buffer.from(sha256, 'hex'),
      viewer: { subject, roles, signedInBy: 'static-token' },
    }));
  }

  /** The holder of a token; undefined where there is none. Every entry is compared, each in constant time. */
  viewerOf(token: string): Viewer | undefined {
    const hash = createHash('sha256').update(token).digest();
    let found: Viewer | undefined;
    for (const entry of this.#entries) if (timingSafeEqual(entry.hash, hash)) found = entry.viewer;
    return found;
  }
}

/** Makes a token that is valid until the service stops, and its entry. */
export function makeToken(subject: string, roles: readonly Role[]): { token: string; entry: TokenEntry } {
  const token = randomBytes(24).toString('base64url');
  return { token, entry: { sha256: createHash('sha256').update(token).digest('hex'), subject, roles } };
}
