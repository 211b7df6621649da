import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../src/offboarding/case/cancel-offboarding.js';
import type { Case } from '../../src/offboarding/case/case.js';
import { actionsOf, requireCase } from '../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../src/offboarding/execute/execute.js';
import { finishAction } from '../../src/offboarding/execute/finish-action.js';
import { ACTION_KINDS } from '../../src/offboarding/plan/plan.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { exported } from '../import/support.js';
import { approved, attestAll, executing } from '../offboarding/execute/carry-out.js';
import { departure, entity, later, link } from '../offboarding/execute/departure.js';
import { importAt, openCaseContext, person, type TestCaseContext } from '../support/case-context.js';

const CHILD = new URL('./offboarding-child.js', import.meta.url).pathname;

/** More processes than any case here needs. */
const MOST_ROUNDS = 150;

/** Of a case that is cancelled before it: nothing is taken away yet, and what was made is undone. */
const LAST_DAY = '2026-12-31T17:00:00.000Z';

let dir = '';

/** A store with a case that is to be carried out, which every process gets a copy of. */
interface Beginning {
  readonly store: string;
  readonly id: string;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'offboarding-crash-'));
});

afterAll(() => rm(dir, { recursive: true }));

const fileOf = (name: string) => join(dir, `${name}.db`);
/** Where a child reads the policy and the moment. */
const given = () => join(dir, 'given.json');
const recorderOf = (name: string) => join(dir, `${name}.asked`);

async function at<T>(name: string, work: (caseContext: TestCaseContext) => Promise<T>): Promise<T> {
  const store = await openEmbedded({ path: fileOf(name) });
  try {
    return await work(await openCaseContext({ store }));
  } finally {
    await store.close();
  }
}

/** A case of Ada's in a store of its own, begun: the whole of it, or one with its last day ahead. */
function begin(store: string, start: (caseContext: TestCaseContext) => Promise<Case>): Promise<Beginning> {
  return at(store, async (caseContext) => {
    await importAt(caseContext, departure({ it: 'OUTSIDE', paper: 'MANUAL' }));
    await writeFile(given(), JSON.stringify({ policy: caseContext.policy, now: caseContext.clock.now() }));
    return { store, id: (await start(caseContext)).id };
  });
}

/** A case that made all that phase 2 makes, and was then cancelled. */
async function cancelled(): Promise<Beginning> {
  const one = await begin('cancelled', async (caseContext) => {
    const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
    return executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
  });
  await child(one, one.store, 'never');
  await at(one.store, (caseContext) =>
    cancelOffboarding(caseContext, person('pia'), { offboarding: one.id, reason: 'She stays' }),
  );
  return one;
}

/** Carries the case on in a process of its own; whether that was killed. */
async function child({ id }: Beginning, name: string, moment: string): Promise<boolean> {
  const arguments_ = [CHILD, fileOf(name), given(), recorderOf(name), id, moment];
  const process_ = spawn(process.execPath, arguments_, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    process_.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the child ended with ${code ?? signal}`));
    });
  });
}

/** A child of a token that the case revokes appears while it runs: what sweeps it is stopped at every step, too. */
async function mintOnce(caseContext: TestCaseContext): Promise<void> {
  const [known] = await caseContext.store.entities(['minted'], Number.MAX_SAFE_INTEGER);
  if (known !== undefined) return;
  const child = [link('DELEGATED_TO', 'key', 'minted')];
  await importAt(caseContext, [later('it', [entity('Token', 'minted')], child)]);
}

/** What people and sources do while the case waits for them; null where it waits for nobody. */
async function nextWord({ id }: Beginning, name: string): Promise<Case | null> {
  return at(name, async (caseContext) => {
    const one = await requireCase(caseContext.store.journal, id);
    if (one.state !== 'WAITING') return null;
    await mintOnce(caseContext);
    const actions = await actionsOf(caseContext.store.journal, id);
    const begun = actions.filter(({ state }) => state === 'REQUESTED');
    const word = { outcome: 'DONE', reference: 'called back', already: false, externalId: null } as const;
    for (const { idempotencyKey } of begun)
      await finishAction(caseContext, person('source'), idempotencyKey, word);
    if (actions.some(({ state }) => state === 'WAITING_FOR_PERSON')) await attestAll(caseContext, id);
    return one;
  });
}

interface Ending {
  /** How many processes were killed. */
  readonly kills: number;
  readonly state: string;
  /** The whole graph, and how each action ended; all but times. */
  readonly graph: unknown;
  readonly actions: unknown;
  readonly outcomes: unknown;
  /** What was asked for outside: keys, one for each time. */
  readonly asked: readonly string[];
}

/** Carries a copy of the case to its end, in as many processes as are killed over it. */
async function toTheEnd(begun: Beginning, way: string, moment: string): Promise<Ending> {
  const { store: from, id } = begun;
  const name = `${from}-${way}`;
  await copyFile(fileOf(from), fileOf(name));
  let kills = 0;
  for (let round = 0; ; round += 1) {
    if (round > MOST_ROUNDS) throw new Error('It comes to no end.');
    if (await child(begun, name, moment)) kills += 1;
    else if ((await nextWord(begun, name)) === null) break;
  }
  const asked = (await readFile(recorderOf(name), 'utf8')).trimEnd().split('\n');
  return at(name, async ({ store }) => {
    const actions = await actionsOf(store.journal, id);
    const events = await store.journal.auditEvents({
      case: id,
      limit: 1000,
      types: ['ACTION_INTENDED', 'ACTION_DONE'],
    });
    return {
      kills,
      state: (await requireCase(store.journal, id)).state,
      graph: withoutTimes(await exported(store)),
      actions: actions.map(({ action, state, proof, proofReference }) => [
        action.id,
        state,
        proof,
        proofReference,
      ]),
      outcomes: events.map(({ type, after }) => `${type} ${after?.action}`).sort(),
      asked,
    };
  });
}

/** An export with every moment in it made the same. */
function withoutTimes(files: Record<string, string>): unknown {
  return Object.entries(files).map(([name, text]) => [
    name,
    text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'then'),
  ]);
}

const times = (asked: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const line of asked) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
};

/** The same case carried out three times: whole, killed after every commit, and killed over every call. */
async function threeTimes(begun: Beginning) {
  const [whole, steps, calls] = await Promise.all([
    toTheEnd(begun, 'whole', 'never'),
    // The first commit takes the case over, the second is a step: each step has a process of its own.
    toTheEnd(begun, 'steps', 'commit:2'),
    toTheEnd(begun, 'calls', 'asked'),
  ]);
  for (const ending of [steps, calls]) {
    const { kills: _kills, asked, ...rest } = ending;
    const { kills: _none, asked: once, ...expected } = whole;
    expect(rest).toEqual(expected);
    // The same effects under the same keys: a key stands for one effect, and an effect has one key.
    expect([...times(asked).keys()].sort()).toEqual([...times(once).keys()].sort());
  }
  expect(whole.kills).toBe(0);
  expect([...times(whole.asked).values()].every((count) => count === 1)).toBe(true);
  // Whoever dies between a call and its record asks again, under the same key.
  expect([...times(calls.asked).values()].every((count) => count === 2)).toBe(true);
  expect(calls.kills).toBe(whole.asked.length);
  expect([...times(steps.asked).values()].every((count) => count === 1)).toBe(true);
  return { whole, steps };
}

test('a case killed after every single step, and over every call, ends as one that nobody stopped', async () => {
  const { whole, steps } = await threeTimes(await begin('begin', executing));
  expect(whole.state).toBe('VERIFIED');
  const kinds = (whole.actions as [string][]).map(([id]) => id.split('/')[1]);
  expect([...new Set(kinds)].sort()).toEqual([...ACTION_KINDS].sort());
  expect(whole.actions).toContainEqual(['sweep-1/REVOKE_TOKEN/minted', 'DONE', 'ACKNOWLEDGED', 'done']);
  // A step more than outcomes and intents: phases begin, the case waits and ends.
  expect(steps.kills).toBeGreaterThan((whole.outcomes as unknown[]).length);
}, 300_000);

test('so does one that was cancelled, killed at every step of undoing what it had made', async () => {
  const begun = await cancelled();
  const made = await at(begun.store, ({ store }) => actionsOf(store.journal, begun.id));
  const { whole, steps } = await threeTimes(begun);
  expect(whole.state).toBe('CANCELLED');
  const undone = (whole.actions as [string, string][]).slice(made.length);
  expect(undone.length).toBeGreaterThan(3);
  for (const [id, state] of undone) expect([id.split('/')[0], state]).toEqual(['undo', 'DONE']);
  expect(steps.kills).toBeGreaterThan(undone.length);
}, 300_000);
