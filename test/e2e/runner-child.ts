import { appendFileSync, readFileSync } from 'node:fs';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import type { CaseContext } from '../../src/offboarding/case-context.js';
import { CaseRunner } from '../../src/offboarding/execute/case-runner.js';
import type { Actuator } from '../../src/sources/actuator.js';
import { actuatorsBy } from '../../src/sources/actuators.js';
import { openEmbedded } from '../../src/store/embedded/index.js';

/**
 * A process of its own for `two-runners.test.ts`: one instance of a service that carries out cases until it is told
 * to stop. With `hangs` it never hears the answer of the outside.
 */
const [path = '', given = '', recorder = '', name = '', manner = ''] = process.argv.slice(2);

const outside: Actuator = {
  reachesOut: true,
  act: async ({ idempotencyKey }) => {
    appendFileSync(recorder, `${name} ${idempotencyKey}\n`);
    if (manner === 'hangs') await new Promise(() => {});
    return { outcome: 'DONE', proof: 'ACKNOWLEDGED', reference: null, already: false, externalId: null };
  },
};

const store = await openEmbedded({ path });
const { policy, now } = JSON.parse(readFileSync(given, 'utf8')) as {
  policy: CaseContext['policy'];
  now: number;
};
const caseContext: CaseContext = {
  store,
  graphs: openMemoryProvider(store),
  clock: { now: () => now },
  policy,
  actuators: actuatorsBy({ OUTSIDE: outside }),
  clockKind: 'SYSTEM',
  staleAfter: 24 * 3_600_000,
  instance: name,
};
const limits = { look: 20, lease: 3_000 };
const runner = new CaseRunner(
  caseContext,
  { error: (about) => process.stderr.write(`${JSON.stringify(about)}\n`) },
  { limits },
);
runner.start();
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await runner.stop();
  await store.close();
  process.exit(0);
});
// A runner keeps no process alive of itself.
setInterval(() => {}, 1000);
