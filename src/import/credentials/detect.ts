import { type Leaf, leaves } from '../check/leaves.js';
import { isReference } from './looks.js';
import { ownFindings } from './own-rules.js';
import { type Finding, presetFindings } from './preset.js';

/** A text of an item that has a credential. */
export interface Exposed {
  readonly path: string;
  readonly rule: string;
}

/** All parts of a text that look like a live credential. */
export function credentialsIn(text: string): Finding[] {
  return [...presetFindings(text), ...ownFindings(text)];
}

/**
 * The texts of one item that have credentials. Each is scanned alone and together with its key. This is slow, so it is
 * used only for items in which {@link credentialsIn} found something, or that are refused anyway.
 */
export function exposedIn(value: unknown): Exposed[] {
  const exposed = new Map<string, Exposed>();
  for (const leaf of leaves(value)) {
    const rule = ruleAgainst(leaf);
    if (rule === undefined) continue;
    // Where a key is the credential, every path with the key would repeat it.
    const inKey = leaf.path.endsWith(' (key)');
    const path = inKey || exposed.has('attributes') ? 'attributes' : leaf.path;
    if (!exposed.has(path)) exposed.set(path, { path, rule });
  }
  return [...exposed.values()];
}

function ruleAgainst({ text, key }: Leaf): string | undefined {
  // Most texts are shorter than any rule needs.
  if (text.length < 8) return undefined;
  if (key !== null && DIGEST_KEY.test(key) && SHA_512.test(text)) return undefined;
  const alone = credentialsIn(text)[0];
  // A value that only names something may be under any key.
  if (alone !== undefined || key === null || isReference(text)) return alone?.rule;
  return credentialsIn(`${JSON.stringify(key)}: "${text}"`)[0]?.rule;
}

/** Keys of digests. A keyed digest of 64 bytes looks like the key of a storage account, so its key decides. */
const DIGEST_KEY = /fingerprint|thumbprint|digest|hash|hmac|checksum|integrity|signature|sha512/i;
const SHA_512 = /^[A-Za-z0-9+/]{86}==$/;
