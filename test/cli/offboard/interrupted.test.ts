import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { actionsOf, allCases } from '../../../src/offboarding/case/case-documents.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { asPerson } from '../support/people.js';
import { Bench, outcomeOf } from '../support/tendril.js';

const WHO = 'tamsin.okoro@fennmarsh.example';

/** A company in which somebody is about to leave at once. */
async function approved(): Promise<Bench> {
  const bench = new Bench();
  await bench.demo();
  const steps = [
    ['pat', 'plan', WHO, '--mode', 'SECURITY_FIRST', '--reason', 'leaves'],
    ['pat', 'decide', WHO, 'github:fennmarsh/workflow/dependency-scan', 'RETIRE', '--reason', 'old'],
    ['ann', 'approve', WHO, '--yes', '--reason', 'agreed'],
  ] as const;
  for (const [person, ...words] of steps) {
    const { code, err } = await bench.runWith({ env: asPerson(bench, person) }, 'offboard', ...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
  return bench;
}

/** Everything that is exported in the end, by file. */
async function graphOf(bench: Bench): Promise<Record<string, string>> {
  const folder = bench.path('out');
  expect((await bench.run('export', '--out', folder)).code).toBe(0);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  );
}

/** Waits until a case has done some of its actions and not all. */
async function untilHalfDone(bench: Bench): Promise<void> {
  const store = await openEmbedded({ path: bench.store });
  try {
    for (;;) {
      for await (const { id } of allCases(store.journal)) {
        const actions = await actionsOf(store.journal, id);
        if (actions.filter(({ state }) => state === 'DONE').length >= 3) return;
      }
      await wait(2);
    }
  } finally {
    await store.close();
  }
}

test('Ctrl-C leaves a case that goes on to the same end', async () => {
  const [stopped, whole] = [await approved(), await approved()];
  try {
    const child = stopped.start(['offboard', 'execute', WHO], { env: asPerson(stopped, 'ola') });
    const ending = outcomeOf(child);
    await untilHalfDone(stopped);
    child.kill('SIGINT');
    const { code, out, err } = await ending;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    const [, id] = /^Stopped between two steps.* tendril offboard resume (\S+)\.\n$/.exec(err) ?? [];
    const half = await stopped.json<{ state: string; actions: { state: string }[] }>('offboard', 'show', WHO);
    expect(half.state).toBe('EXECUTING');
    expect(half.actions.map(({ state }) => state)).toContain('PENDING');
    const resumed = await stopped.runWith({ env: asPerson(stopped, 'ola') }, 'offboard', 'resume', id!);
    expect(resumed.out).toContain('VERIFIED');
    const ran = await whole.runWith({ env: asPerson(whole, 'ola') }, 'offboard', 'execute', WHO);
    expect(ran.out).toContain('VERIFIED');
    expect(await graphOf(stopped)).toEqual(await graphOf(whole));
  } finally {
    stopped.remove();
    whole.remove();
  }
});
