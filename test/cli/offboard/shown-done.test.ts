import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { departure, entity, later } from '../../offboarding/execute/departure.js';
import { asPerson } from '../support/people.js';
import { Bench } from '../support/tendril.js';

const bench = new Bench();
afterAll(() => bench.remove());

async function importOf(...documents: unknown[]) {
  const files = documents.map((document, at) => {
    const file = bench.path(`${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  return bench.run('import', ...files);
}

beforeAll(async () => {
  expect(await importOf(...departure({ it: 'MANUAL', paper: 'MANUAL' }))).toMatchObject({ code: 0 });
  await bench.run('offboard', 'plan', 'ada', '--reason', 'leaves');
  const env = asPerson(bench, 'ann');
  await bench.runWith({ env }, 'offboard', 'approve', 'ada', '--yes', '--reason', 'agreed');
});

interface Shown {
  readonly actions: readonly { readonly id: string; readonly state: string; readonly proof: string | null }[];
}

test('what an import shows as done is not asked for any more, where no service runs', async () => {
  const waiting = await bench.run('offboard', 'execute', 'ada');
  expect(waiting.out).toContain('action 1/DISABLE_ACCOUNT/mail');
  const gone = [entity('Account', 'mail', { status: 'DISABLED' })];
  expect(await importOf(later('it', gone))).toMatchObject({ code: 0 });
  const { actions } = await bench.json<Shown>('offboard', 'show', 'ada');
  expect(actions.find(({ id }) => id === '1/DISABLE_ACCOUNT/mail')).toMatchObject({
    state: 'DONE',
    proof: 'OBSERVED',
  });
  const onward = await bench.run('offboard', 'resume', 'ada');
  expect(onward.out).not.toContain('action 1/DISABLE_ACCOUNT/mail');
  // Sessions may outlive the account: no import shows that they have ended.
  expect(onward.out).toContain('action 1/END_SESSIONS/mail');
});
