import { type Leaf, leaves } from '../check/leaves.js';
import { isReference } from './looks.js';
import { ownFindings } from './own-rules.js';
import { type Finding, presetFindings } from './preset.js';

/** A text of an item that holds a credential. */
export interface Exposed {
  readonly path: string;
  readonly rule: string;
}

/** Everything in a text that looks like a live credential. */
export function credentialsIn(text: string): Finding[] {
  return [...presetFindings(text), ...ownFindings(text)];
}

/**
 * The texts of one item that hold credentials, each looked at alone and together with its key. This is slow,
 * and asked only of items in which {@link credentialsIn} found something, or which are refused anyway.
 */
export function exposedIn(value: unknown): Exposed[] {
  const exposed = new Map<string, Exposed>();
  for (const leaf of leaves(value)) {
    const rule = ruleAgainst(leaf);
    if (rule === undefined) continue;
    // Where a key is the credential, every path through it would repeat it.
    const inKey = leaf.path.endsWith(' (key)');
    const path = inKey || exposed.has('attributes') ? 'attributes' : leaf.path;
    if (!exposed.has(path)) exposed.set(path, { path, rule });
  }
  return [...exposed.values()];
}

function ruleAgainst({ text, key }: Leaf): string | undefined {
  // Shorter texts than any rule asks for, which is most of them.
  if (text.length < 8) return undefined;
  if (key !== null && DIGEST_KEY.test(key) && SHA_512.test(text)) return undefined;
  const alone = credentialsIn(text)[0];
  // What only names something may stand under any key.
  if (alone !== undefined || key === null || isReference(text)) return alone?.rule;
  return credentialsIn(`${JSON.stringify(key)}: "${text}"`)[0]?.rule;
}

/** A keyed digest of 64 bytes looks like the key of a storage account; the name of its field tells. */
const DIGEST_KEY = /fingerprint|thumbprint|digest|hash|hmac|checksum|integrity|signature|sha512/i;
const SHA_512 = /^[A-Za-z0-9+/]{86}==$/;
