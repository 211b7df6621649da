import { type Leaf, leaves } from '../check/leaves.js';
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
  const alone = credentialsIn(text)[0];
  if (alone !== undefined || key === null) return alone?.rule;
  return credentialsIn(`${JSON.stringify(key)}: "${text}"`)[0]?.rule;
}
