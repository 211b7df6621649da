import { randomUUID } from 'node:crypto';
import type { GraphProvider } from '../../src/graph/graph-provider.js';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import { importSnapshots } from '../../src/import/index.js';
import type { Actor } from '../../src/model/audit.js';
import type { Millis } from '../../src/model/time.js';
import type { CaseContext } from '../../src/offboarding/case-context.js';
import { readPolicy } from '../../src/offboarding/policy/read-policy.js';
import { openPostCaseMonitor } from '../../src/offboarding/post-case/post-case-monitor.js';
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

export interface TestCaseContext extends CaseContext {
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

/** Somebody who acts on cases. */
export const person = (subject: string): Actor => ({
  subject,
  signedInBy: 'static-token',
  requestId: `request-of-${subject}`,
});

/** Parts of a case context that a test puts in the place of the usual ones. */
export type CaseContextParts = Partial<Pick<CaseContext, 'store' | 'policy' | 'actuators' | 'clockKind'>> & {
  /** Where the graph thinks; left out: in memory. */
  readonly graphsOf?: (store: Store) => GraphProvider;
  /** ISO 8601. */
  readonly now?: string;
};

/** A case context on a store, by default an empty one in memory that ends with the process. */
export async function openCaseContext(parts: CaseContextParts = {}): Promise<TestCaseContext> {
  const store = parts.store ?? (await openEmbedded({ path: ':memory:' }));
  return {
    store,
    graphs: (parts.graphsOf ?? openMemoryProvider)(store),
    clock: new TestClock(Date.parse(parts.now ?? STORY_TIME)),
    policy: parts.policy ?? readPolicy(JSON.stringify(defaultPolicy), 'the default policy'),
    actuators: parts.actuators ?? simulated,
    clockKind: parts.clockKind ?? 'SYSTEM',
    staleAfter: 24 * 3_600_000,
    instance: randomUUID(),
  };
}

/** Runs work with a case context whose store has these snapshots in it, and closes the store. */
export async function withCaseContext<T>(
  documents: readonly unknown[],
  work: (caseContext: TestCaseContext) => Promise<T>,
  parts: CaseContextParts = {},
): Promise<T> {
  const caseContext = await openCaseContext(parts);
  try {
    await importAt(caseContext, documents);
    return await work(caseContext);
  } finally {
    await caseContext.store.close();
  }
}

/** Imports snapshots at the moment of the case context, as one commit. */
export async function importAt(
  { store, clock, clockKind }: Pick<TestCaseContext, 'store' | 'clock' | 'clockKind'>,
  documents: readonly unknown[],
  options: { readonly force?: boolean } = {},
): Promise<void> {
  if (documents.length === 0) return;
  const inputs = documents.map((value, at) => ({ name: `snapshot ${at + 1}`, document: value }));
  const actor = { subject: 'importer', signedInBy: 'system', requestId: null };
  const postCaseMonitor = openPostCaseMonitor({ store, clock, clockKind });
  await importSnapshots(store, inputs, { actor, now: clock.now(), postCaseMonitor, ...options });
}
