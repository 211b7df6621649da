import { randomUUID } from 'node:crypto';
import type { GraphProvider } from '../../src/graph/graph-provider.js';
import { openMemoryProvider } from '../../src/graph/memory-provider.js';
import { importSnapshots } from '../../src/import/index.js';
import type { Actor } from '../../src/model/audit.js';
import type { Millis } from '../../src/model/time.js';
import { openAftermath } from '../../src/offboarding/after/aftermath.js';
import type { Desk } from '../../src/offboarding/desk.js';
import { readPolicy } from '../../src/offboarding/policy/read-policy.js';
import type { Actuators } from '../../src/sources/actuator.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import { defaultPolicy } from './plan-on-plain.js';

/** The moment of the stories about the demo company. */
export const STORY_TIME = '2026-11-23T09:00:00.000Z';

/** A clock that stands still until a test moves it. */
export class TestClock {
  constructor(private at: Millis) {}

  now(): Millis {
    return this.at;
  }

  /** @param at ISO 8601 */
  moveTo(at: string): void {
    this.at = Date.parse(at);
  }

  pass(millis: Millis): void {
    this.at += millis;
  }
}

export interface TestDesk extends Desk {
  readonly clock: TestClock;
}

/** Does at once whatever it is asked for, and touches nothing. */
export const simulated: Actuators = {
  of: () => ({
    reachesOut: false,
    act: async () => ({
      outcome: 'DONE',
      proof: 'SIMULATED',
      reference: null,
      already: false,
      externalId: null,
    }),
  }),
};

/** A person at the desk. */
export const person = (subject: string): Actor => ({
  subject,
  signedInBy: 'static-token',
  requestId: `request-of-${subject}`,
});

/** Parts of a desk that a test puts in the place of the usual ones. */
export type DeskParts = Partial<Pick<Desk, 'store' | 'policy' | 'actuators'>> & {
  /** Where the graph thinks; left out: in memory. */
  readonly graphsOf?: (store: Store) => GraphProvider;
  /** ISO 8601. */
  readonly now?: string;
};

/** A desk over a store, by default an empty one in memory that ends with the process. */
export async function openDesk(parts: DeskParts = {}): Promise<TestDesk> {
  const store = parts.store ?? (await openEmbedded({ path: ':memory:' }));
  return {
    store,
    graphs: (parts.graphsOf ?? openMemoryProvider)(store),
    clock: new TestClock(Date.parse(parts.now ?? STORY_TIME)),
    policy: parts.policy ?? readPolicy(JSON.stringify(defaultPolicy), 'the default policy'),
    actuators: parts.actuators ?? simulated,
    instance: randomUUID(),
  };
}

/** Runs work at a desk whose store has these snapshots in it, and closes the store. */
export async function withDesk<T>(
  documents: readonly unknown[],
  work: (desk: TestDesk) => Promise<T>,
  parts: DeskParts = {},
): Promise<T> {
  const desk = await openDesk(parts);
  try {
    await importAt(desk, documents);
    return await work(desk);
  } finally {
    await desk.store.close();
  }
}

/** Imports snapshots at the desk's moment, as one commit. */
export async function importAt(
  { store, clock }: { readonly store: Store; readonly clock: TestClock },
  documents: readonly unknown[],
  options: { readonly force?: boolean } = {},
): Promise<void> {
  if (documents.length === 0) return;
  const inputs = documents.map((value, at) => ({ name: `snapshot ${at + 1}`, document: value }));
  const actor = { subject: 'importer', signedInBy: 'system', requestId: null };
  const aftermath = openAftermath({ store, clock });
  await importSnapshots(store, inputs, { actor, now: clock.now(), aftermath, ...options });
}
