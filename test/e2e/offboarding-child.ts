import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import type { CaseContext } from '../../src/offboarding/case-context.js';
import { runCase } from '../../src/offboarding/execute/run-case.js';
import type { Actuator } from '../../src/sources/actuator.js';
import { actuatorsBy } from '../../src/sources/actuators.js';
import { manualActuator } from '../../src/sources/manual/manual-actuator.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';

/**
 * A process of its own for `offboarding-crash.test.ts`: carries a case on until it waits or has ended, or until it
 * kills itself, with no chance to clean up.
 *
 * `commit:N`: right after its N-th commit. `asked`: right after something outside was asked for the first time under
 * its key, before that is recorded. `never`: not at all.
 */
const [path = '', given = '', recorder = '', id = '', moment = 'never'] = process.argv.slice(2);

const die = () => process.kill(process.pid, 'SIGKILL');

/** What is asked for, as the outside sees it: a line each, which outlives this process. */
const outside: Actuator = {
  reachesOut: true,
  act: async ({ idempotencyKey, kind, entity }) => {
    const before = existsSync(recorder) ? readFileSync(recorder, 'utf8') : '';
    appendFileSync(recorder, `${idempotencyKey} ${kind} ${entity.id}\n`);
    const already = before.includes(idempotencyKey);
    if (moment === 'asked' && !already) {
      die();
      await new Promise(() => {});
    }
    // Some of it is only begun, and ends by a call back.
    if (kind === 'END_SESSIONS') return { outcome: 'BEGUN', reference: 'begun' };
    return {
      outcome: 'DONE',
      proof: 'ACKNOWLEDGED',
      reference: 'done',
      already: false,
      externalId: `${entity.id}!`,
    };
  },
};

/** A store that ends the process right after a commit of it. */
function mortal(store: Store, commits: number): Store {
  let left = commits;
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'write') return typeof value === 'function' ? value.bind(target) : value;
      return async (options: Parameters<Store['write']>[0]) => {
        const draft = await target.write(options);
        const commit = draft.commit.bind(draft);
        draft.commit = async (facts) => {
          const head = await commit(facts);
          left -= 1;
          if (left === 0) {
            die();
            await new Promise(() => {});
          }
          return head;
        };
        return draft;
      };
    },
  });
}

const opened = await openEmbedded({ path });
const [, commits] = moment.split(':');
const store = commits === undefined ? opened : mortal(opened, Number(commits));
const actuators = actuatorsBy({ OUTSIDE: outside, MANUAL: manualActuator });
// Put together here, since a hundred processes would each load what reads policies and snapshots.
const { policy, now } = JSON.parse(readFileSync(given, 'utf8')) as {
  policy: CaseContext['policy'];
  now: number;
};
const clock = { now: () => now };
const caseContext: CaseContext = {
  store,
  graphs: openMemoryProvider(store),
  clock,
  policy,
  actuators,
  clockKind: 'SYSTEM',
  staleAfter: 24 * 3_600_000,
  instance: String(process.pid),
};
// The lease of whoever was killed before has run out at once.
const one = await runCase(caseContext, id, { limits: { lease: 0 }, random: () => 1 });
process.stdout.write(`${one?.state}\n`);
await opened.close();
