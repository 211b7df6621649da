import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import type { CaseContext } from '../../src/offboarding/case-context.js';
import { runCase } from '../../src/offboarding/execute/run-case.js';
import type { Actuator, Answer, Order } from '../../src/sources/actuator.js';
import { actuatorsBy } from '../../src/sources/actuators.js';
import { SealedValue } from '../../src/sources/sealed-value.js';
import { openEmbedded } from '../../src/store/embedded/index.js';

/**
 * A process of its own for `values-crash.test.ts`: carries a case on at a source that hands out the values of what it
 * issues. With `asked:N` it kills itself right after its N-th deed outside, before that is recorded.
 */
const [path = '', given = '', recorder = '', id = '', moment = 'never'] = process.argv.slice(2);

const done = (more: Partial<Extract<Answer, { outcome: 'DONE' }>> = {}): Answer => ({
  ...{ outcome: 'DONE', proof: 'ACKNOWLEDGED', reference: 'done', already: false, externalId: null },
  ...more,
});

const lines = () => (existsSync(recorder) ? readFileSync(recorder, 'utf8').split('\n') : []);
const values: string[] = [];
let deeds = 0;

/** Writes a deed down as the outside sees it; dies where it was told to. */
async function note(deed: string): Promise<void> {
  appendFileSync(recorder, `${deed}\n`);
  deeds += 1;
  if (moment !== `asked:${deeds}`) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

async function write({ idempotencyKey, entity, values: given }: Order): Promise<Answer> {
  if (lines().some((line) => line.startsWith(`wrote ${idempotencyKey} `))) return done({ already: true });
  if (given === undefined) return { outcome: 'REFUSED', why: 'nothing to write' };
  const read = [...given].map(([token, value]) => `${token}=${value.read()}`);
  await note(`wrote ${idempotencyKey} ${entity.id} ${read.join(' ')}`);
  return done();
}

const outside: Actuator = {
  reachesOut: true,
  handsValues: true,
  act: async (order) => {
    const { idempotencyKey: key, kind, entity } = order;
    if (kind === 'WRITE_SECRET') return write(order);
    if (kind === 'REVOKE_TOKEN') await note(`revoked ${key} ${entity.id}`);
    if (kind !== 'ISSUE_TOKEN') return done();
    if (lines().some((line) => line.startsWith(`issued ${key} `))) return done({ already: true });
    const value = `canary-${key.slice(0, 16)}`;
    values.push(value);
    await note(`issued ${key} ${entity.id} ${value}`);
    return done({ externalId: `${entity.id}/${key.slice(0, 8)}`, value: new SealedValue(value) });
  },
};

const store = await openEmbedded({ path });
const { policy, now } = JSON.parse(readFileSync(given, 'utf8')) as {
  policy: CaseContext['policy'];
  now: number;
};
const caseContext: CaseContext = {
  ...{ store, graphs: openMemoryProvider(store), policy, clock: { now: () => now }, clockKind: 'SYSTEM' },
  actuators: actuatorsBy({ VALUES: outside, SIMULATED: { ...outside, handsValues: false } }),
  staleAfter: 86_400_000,
  instance: String(process.pid),
};
const one = await runCase(caseContext, id, { limits: { lease: 0 }, random: () => 1 });
process.stdout.write(`${one?.state}\n`);
await store.close();
