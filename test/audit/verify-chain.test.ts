import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChainBounds, verifyChain } from '../../src/audit/verify-chain.js';
import { type AuditEvent, chain } from '../../src/model/audit.js';
import { tester } from '../support/actor.js';

const fact = { type: 'TESTED', actor: tester, reason: 'é', case: 'c', entity: null, before: null };

/** A chain of some events, a second apart. */
function chainOf(length: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (let n = 1; n <= length; n += 1) {
    const at = new Date(Date.UTC(2026, 10, 1, 0, 0, n)).toISOString();
    events.push(
      ...chain([{ ...fact, after: { n, list: [n, { deep: 'x' }] } }], events.at(-1) ?? null, at, n),
    );
  }
  return events;
}

async function* each(events: readonly unknown[]) {
  yield* events;
}

const verify = (events: readonly unknown[], bounds?: ChainBounds) => verifyChain(each(events), bounds);

const LENGTH = 8;
const place = fc.integer({ min: 1, max: LENGTH });

describe('verifying the chain', () => {
  test('holds as it was written, and where nothing was', async () => {
    const events = chainOf(LENGTH);
    const head = events.at(-1)!.hash;
    expect(await verify(events)).toEqual({
      valid: true,
      events: LENGTH,
      head,
      firstBrokenAt: null,
      why: null,
    });
    expect(await verify([])).toEqual({ valid: true, events: 0, head: null, firstBrokenAt: null, why: null });
  });

  test('holds from a place in the middle', async () => {
    const events = chainOf(LENGTH);
    expect(await verify(events.slice(3), { after: events[2]! })).toMatchObject({ valid: true, events: 5 });
  });

  test('any one character changed is found in its place', async () => {
    const events = chainOf(LENGTH);
    const changes = fc.tuple(place, fc.nat(), fc.integer({ min: 1, max: 127 }));
    await fc.assert(
      fc.asyncProperty(changes, async ([seq, where, by]) => {
        const bytes = Buffer.from(JSON.stringify(events[seq - 1]));
        bytes[where % bytes.length]! ^= by;
        let changed: unknown = null;
        try {
          changed = JSON.parse(bytes.toString());
        } catch {
          // No JSON any more: what reads events gives nothing then.
        }
        const found = await verify(events.map((event) => (event.seq === seq ? changed : event)));
        expect(found).toMatchObject({ valid: false, firstBrokenAt: seq, events: seq - 1 });
      }),
      { numRuns: 500 },
    );
  });

  test('one dropped, one doubled, two swapped are found in their place', async () => {
    const events = chainOf(LENGTH);
    for (let seq = 1; seq < LENGTH; seq += 1) {
      const dropped = events.filter((event) => event.seq !== seq);
      const doubled = events.flatMap((event) => (event.seq === seq ? [event, event] : [event]));
      expect(await verify(dropped)).toMatchObject({ valid: false, firstBrokenAt: seq });
      expect(await verify(doubled)).toMatchObject({ valid: false, firstBrokenAt: seq + 1 });
      for (let other = seq + 1; other <= LENGTH; other += 1) {
        const swapped = events.with(seq - 1, events[other - 1]!).with(other - 1, events[seq - 1]!);
        expect(await verify(swapped)).toMatchObject({ valid: false, firstBrokenAt: seq });
      }
    }
  });

  test('an end that was cut off, and a chain written anew, are found against a place vouched for', async () => {
    const events = chainOf(LENGTH);
    const through = [events.at(-1)!];
    const cut = await verify(events.slice(0, 5), { through });
    expect(cut).toMatchObject({ valid: false, firstBrokenAt: 6 });
    expect(cut.why).toMatch(/cut off/);
    const anew: AuditEvent[] = [];
    for (const { seq, at } of events)
      anew.push(...chain([{ ...fact, after: null }], anew.at(-1) ?? null, at, seq));
    expect(await verify(anew)).toMatchObject({ valid: true });
    expect(await verify(anew, { through })).toMatchObject({ valid: false, firstBrokenAt: LENGTH });
  });

  test('time and revisions that run backwards are found although the hashes hold', async () => {
    const [first] = chainOf(1);
    const early = chain([{ ...fact, after: null }], first!, '2026-10-31T00:00:00.000Z', 1);
    expect(await verify([first, ...early])).toMatchObject({ valid: false, firstBrokenAt: 2 });
    const old = chain([{ ...fact, after: null }], first!, first!.at, 0);
    expect(await verify([first, ...old])).toMatchObject({ valid: false, firstBrokenAt: 2 });
  });
});
