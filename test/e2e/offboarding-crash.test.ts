import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Case } from '../../src/offboarding/case/case.js';
import { actionsOf, requireCase } from '../../src/offboarding/case/case-documents.js';
import { finishAction } from '../../src/offboarding/execute/finish-action.js';
import { ACTION_KINDS } from '../../src/offboarding/plan/plan.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { exported } from '../import/support.js';
import { attestAll, executing } from '../offboarding/execute/carry-out.js';
import { departure, entity, later, link } from '../offboarding/execute/departure.js';
import { importAt, openDesk, person, type TestDesk } from '../support/desk.js';

const CHILD = new URL('./offboarding-child.js', import.meta.url).pathname;

/** More processes than any case here needs. */
const MOST_ROUNDS = 150;

let dir = '';
let id = '';

/** A store with an approved case that begins to be carried out, which every test gets a copy of. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'offboarding-crash-'));
  await at('begin', async (desk) => {
    await importAt(desk, departure({ it: 'OUTSIDE', paper: 'MANUAL' }));
    id = (await executing(desk)).id;
    await writeFile(given(), JSON.stringify({ policy: desk.policy, now: desk.clock.now() }));
  });
});

afterAll(() => rm(dir, { recursive: true }));

const fileOf = (name: string) => join(dir, `${name}.db`);
/** Where a child reads the policy and the moment. */
const given = () => join(dir, 'given.json');
const recorderOf = (name: string) => join(dir, `${name}.asked`);

async function at<T>(name: string, work: (desk: TestDesk) => Promise<T>): Promise<T> {
  const store = await openEmbedded({ path: fileOf(name) });
  try {
    return await work(await openDesk({ store }));
  } finally {
    await store.close();
  }
}

/** Carries the case on in a process of its own; whether that was killed. */
async function child(name: string, moment: string): Promise<boolean> {
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
async function mintOnce(desk: TestDesk): Promise<void> {
  const [known] = await desk.store.entities(['minted'], Number.MAX_SAFE_INTEGER);
  if (known !== undefined) return;
  const child = [link('DELEGATED_TO', 'key', 'minted')];
  await importAt(desk, [later('it', [entity('Token', 'minted')], child)]);
}

/** What people and sources do while the case waits for them; null where it waits for nobody. */
async function nextWord(name: string): Promise<Case | null> {
  return at(name, async (desk) => {
    const one = await requireCase(desk.store.journal, id);
    if (one.state !== 'WAITING') return null;
    await mintOnce(desk);
    const actions = await actionsOf(desk.store.journal, id);
    const begun = actions.filter(({ state }) => state === 'REQUESTED');
    const word = { outcome: 'DONE', reference: 'called back', already: false, externalId: null } as const;
    for (const { idempotencyKey } of begun) await finishAction(desk, person('source'), idempotencyKey, word);
    if (actions.some(({ state }) => state === 'WAITING_FOR_PERSON')) await attestAll(desk, id);
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
async function toTheEnd(name: string, moment: string): Promise<Ending> {
  await copyFile(fileOf('begin'), fileOf(name));
  let kills = 0;
  for (let round = 0; ; round += 1) {
    if (round > MOST_ROUNDS) throw new Error('It comes to no end.');
    if (await child(name, moment)) kills += 1;
    else if ((await nextWord(name)) === null) break;
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

test('a case killed after every single step, and over every call, ends as one that nobody stopped', async () => {
  const [whole, steps, calls] = await Promise.all([
    toTheEnd('whole', 'never'),
    // The first commit takes the case over, the second is a step: each step has a process of its own.
    toTheEnd('steps', 'commit:2'),
    toTheEnd('calls', 'asked'),
  ]);
  expect(whole.state).toBe('VERIFIED');
  expect(whole.kills).toBe(0);
  const kinds = await at('whole', async ({ store }) =>
    (await actionsOf(store.journal, id)).map(({ action }) => action.kind),
  );
  expect([...new Set(kinds)].sort()).toEqual([...ACTION_KINDS].sort());
  expect(whole.actions).toContainEqual(['sweep-1/REVOKE_TOKEN/minted', 'DONE', 'ACKNOWLEDGED', 'done']);
  for (const ending of [steps, calls]) {
    const { kills: _kills, asked, ...rest } = ending;
    const { kills: _none, asked: once, ...expected } = whole;
    expect(rest).toEqual(expected);
    // The same effects under the same keys: a key stands for one effect, and an effect has one key.
    expect([...times(asked).keys()].sort()).toEqual([...times(once).keys()].sort());
  }
  expect([...times(whole.asked).values()].every((count) => count === 1)).toBe(true);
  // Whoever dies between a call and its record asks again, under the same key.
  expect([...times(calls.asked).values()].every((count) => count === 2)).toBe(true);
  expect(calls.kills).toBe(whole.asked.length);
  // A step more than outcomes and intents: phases begin, the case waits and ends.
  expect(steps.kills).toBeGreaterThan((whole.outcomes as unknown[]).length);
  expect([...times(steps.asked).values()].every((count) => count === 1)).toBe(true);
}, 300_000);
