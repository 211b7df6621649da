import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { actionsOf, requireCase } from '../../src/offboarding/case/case-documents.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { executing } from '../offboarding/execute/carry-out.js';
import { departure } from '../offboarding/execute/departure.js';
import { importAt, openCaseContext } from '../support/case-context.js';

const CHILD = new URL('./values-child.js', import.meta.url).pathname;

let dir = '';
let id = '';
const fileOf = (name: string) => join(dir, name);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'values-crash-'));
  const store = await openEmbedded({ path: fileOf('begin.db') });
  const caseContext = await openCaseContext({ store });
  await importAt(caseContext, departure({ it: 'VALUES', paper: 'SIMULATED' }));
  const { policy, clock } = caseContext;
  await writeFile(fileOf('given.json'), JSON.stringify({ policy, now: clock.now() }));
  id = (await executing(caseContext)).id;
  await store.close();
});

afterAll(() => rm(dir, { recursive: true }));

/** Carries the case on in a process of its own; whether that was killed. */
async function child(name: string, moment: string): Promise<boolean> {
  const args = [CHILD, fileOf(`${name}.db`), fileOf('given.json'), fileOf(`${name}.asked`), id, moment];
  const one = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    one.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the child ended with ${code ?? signal}`));
    });
  });
}

/** What happened outside when the process was killed after one deed, and another one went on. */
async function killedAt(moment: string) {
  const name = moment.replace(':', '-');
  await copyFile(fileOf('begin.db'), fileOf(`${name}.db`));
  const wasKilled = await child(name, moment);
  if (wasKilled) expect(await child(name, 'never')).toBe(false);
  const asked = (await readFile(fileOf(`${name}.asked`), 'utf8')).trimEnd().split('\n');
  const store = await openEmbedded({ path: fileOf(`${name}.db`) });
  const { state } = await requireCase(store.journal, id);
  const actions = await actionsOf(store.journal, id);
  await store.close();
  // Nobody keeps a value, in whatever part of the file.
  const kept = (await readFile(fileOf(`${name}.db`))).includes('canary-');
  return { wasKilled, asked, state, actions, kept };
}

const deedsOf = (asked: readonly string[], what: string) =>
  asked.filter((line) => line.startsWith(`${what} `)).map((line) => line.split(' '));

test('what is issued is written, or revoked and issued again, wherever the process is killed', async () => {
  const whole = await killedAt('never');
  expect(whole).toMatchObject({ state: 'VERIFIED', kept: false });
  const [issued] = deedsOf(whole.asked, 'issued');
  const token = issued![2]!;
  let lost = 0;
  for (let deed = 1; deed <= whole.asked.length; deed += 1) {
    const { wasKilled, asked, state, actions, kept } = await killedAt(`asked:${deed}`);
    expect({ deed, wasKilled, state, kept }).toEqual({
      deed,
      wasKilled: true,
      state: 'VERIFIED',
      kept: false,
    });
    const given = deedsOf(asked, 'issued').filter(([, , id]) => id === token);
    const written = deedsOf(asked, 'wrote').filter(([, , , ...read]) => read.join().includes(`${token}=`));
    const newest = written.at(-1)?.slice(3).join();
    // What is written last is what was issued last, and all that was issued before it is revoked.
    expect(newest).toContain(`${token}=${given.at(-1)?.[3]}`);
    expect(deedsOf(asked, 'revoked').filter(([, , id]) => id === token).length).toBe(given.length - 1);
    lost += given.length - 1;
    expect(actions.filter(({ state: one }) => one !== 'DONE')).toEqual([]);
  }
  // Only the death between issuing and writing loses a value.
  expect(lost).toBe(1);
}, 300_000);
