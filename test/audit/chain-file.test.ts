import { beforeAll, describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { chainHeader, verifyChainFile } from '../../src/audit/chain-file.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import { tester } from '../support/actor.js';

const EVENTS = 6;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 1);
let lines: string[] = [];
let stretch: string[] = [];

beforeAll(async () => {
  const store = await openEmbedded({ path: ':memory:' });
  const base = { actor: tester, case: null, entity: null, before: null };
  for (let n = 0; n < EVENTS; n += 1) {
    const draft = await store.write({ now: START + n * DAY });
    await draft.commit([{ ...base, type: 'TESTED', reason: 'né\u001b\ufffd', after: { n } }]);
  }
  lines = await exported(store, {});
  const period = { since: START + 2 * DAY, until: START + 4 * DAY };
  stretch = await exported(store, period);
  await store.close();
});

/** A stretch of the chain as an export writes it. */
async function exported({ journal }: Store, period: { since?: number; until?: number }): Promise<string[]> {
  const events = await journal.auditEvents({ ...period, limit: EVENTS });
  const [first, last] = [events[0]!, events.at(-1)!];
  const header = chainHeader({ seq: first.seq - 1, hash: first.previousHash }, last);
  return [header, ...events.map((event) => `${canonicalize(event)}\n`)];
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

const verify = (text: string | Buffer) => verifyChainFile(pieces(Buffer.from(text as string)));

describe('an exported stretch of the chain', () => {
  test('holds as it was written, whole or of a period', async () => {
    expect(await verify(lines.join(''))).toMatchObject({ valid: true, events: EVENTS, after: { seq: 0 } });
    expect(await verify(stretch.join(''))).toMatchObject({ valid: true, events: 3, after: { seq: 2 } });
  });

  test('any one byte changed is found in its place', async () => {
    const whole = Buffer.from(lines.join(''));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, by]) => {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= by;
        const line = whole.subarray(0, at).filter((byte) => byte === 10).length;
        expect(await verify(bytes)).toMatchObject({ valid: false, firstBrokenAt: Math.max(1, line) });
      }),
      { numRuns: 1000 },
    );
  });

  test('a line dropped, doubled or swapped, the first and the last too, is found', async () => {
    for (let at = 0; at <= EVENTS; at += 1) {
      const place = Math.max(1, at);
      const broken = { valid: false, firstBrokenAt: place };
      expect(await verify(lines.toSpliced(at, 1).join(''))).toMatchObject(broken);
      const doubled = lines.toSpliced(at, 0, lines[at]!).join('');
      expect(await verify(doubled)).toMatchObject({ valid: false, firstBrokenAt: at + 1 });
      if (at === EVENTS) continue;
      const swapped = lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!);
      expect(await verify(swapped.join(''))).toMatchObject(broken);
    }
  });

  test('what follows rightly, and is more than the header says, is found', async () => {
    const more = [...stretch, ...lines.slice(-1)].join('');
    expect(await verify(more)).toMatchObject({ valid: false, firstBrokenAt: 6 });
  });
});
