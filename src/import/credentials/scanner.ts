import type { Flaw, Place } from '../base/problems.js';
import { type Leaf, leaves } from '../check/leaves.js';
import { credentialsIn, type Exposed, exposedIn } from './detect.js';

/** How many characters are scanned at a time. Scanning each text alone would take several times as long. */
const CHUNK = 256 * 1024;

/** How many texts are remembered as clean. All are dropped at once: an LRU would cost time for each text. */
const MAX_CLEAN = 10_000;

/**
 * Separates two texts. None of our own rules matches across a line end and a NUL. A finding of the preset across two
 * texts is not confirmed when each text is scanned alone.
 */
const SEPARATOR = '\n\0\n';

interface Pending {
  readonly start: number;
  readonly place: Place;
  readonly value: unknown;
}

/**
 * Scans many items at once for credentials, in their joined texts. An item with a finding is then scanned alone, text by
 * text: that gives the field, and drops findings that come only from joining.
 */
export class CredentialScanner {
  private parts: string[] = [];
  private pending: Pending[] = [];
  private length = 0;
  /** Texts without a credential that may come again, such as the name of a permission in `evidence`. */
  private readonly clean = new Set<string>();
  private unproven: string[] = [];

  constructor(private readonly report: (place: Place, flaw: Flaw) => void) {}

  /** Scans every text of an item. @param raw its JSON text as it was sent; null where there is none */
  push(place: Place, value: unknown, raw: string | null): void {
    // JSON without an escape has each text as it is, so it is scanned as a whole.
    const text = raw !== null && !raw.includes('\\') ? raw : leaves(value).map(asText).join(SEPARATOR);
    this.add({ start: this.length, place, value }, text);
  }

  /** Scans texts that are often repeated, such as those of relationships. @param value an object that has only them */
  pushRepeated(place: Place, value: Readonly<Record<string, unknown>>, texts: readonly string[]): void {
    const unknown = texts.filter((text) => text.length >= 8 && !this.clean.has(text));
    if (unknown.length === 0) return;
    this.unproven.push(...unknown);
    this.add({ start: this.length, place, value }, unknown.join(SEPARATOR));
  }

  /** Scans what was pushed since the last scan. */
  flush(): void {
    if (this.pending.length === 0) return;
    const findings = credentialsIn(this.parts.join(SEPARATOR)).sort((a, b) => a.start - b.start);
    const suspects = new Set(findings.map(({ start }) => this.at(start)));
    for (const { place, value } of suspects) {
      for (const exposed of exposedIn(value)) this.report(place, credentialFlaw(exposed));
    }
    if (suspects.size === 0) this.trust(this.unproven);
    this.parts = [];
    this.pending = [];
    this.unproven = [];
    this.length = 0;
  }

  private trust(texts: readonly string[]): void {
    if (this.clean.size > MAX_CLEAN) this.clean.clear();
    for (const text of texts) this.clean.add(text);
  }

  private add(pending: Pending, text: string): void {
    this.pending.push(pending);
    this.parts.push(text);
    this.length += text.length + SEPARATOR.length;
    if (this.length >= CHUNK) this.flush();
  }

  /** The item at an offset of the joined text: the last one that begins at or before it. */
  private at(offset: number): Pending {
    let low = 0;
    let high = this.pending.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pending[middle] as Pending).start <= offset) low = middle;
      else high = middle - 1;
    }
    return this.pending[low] as Pending;
  }
}

function asText({ key, text }: Leaf): string {
  return key === null ? text : `${JSON.stringify(key)}: "${text}"`;
}

/** The flaw of a credential: its path and the rule that found it, and nothing of the value. */
export function credentialFlaw({ path, rule }: Exposed): Flaw {
  const message =
    `This looks like a live credential (rule ${rule}). Tendril keeps no value of a credential: leave it out, ` +
    'or give an identifier or a keyed fingerprint instead.';
  return { field: path, rule: 'CREDENTIAL_VALUE', message };
}
