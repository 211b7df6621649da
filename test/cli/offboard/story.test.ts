import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EvidencePack } from '../../../src/offboarding/evidence/pack.js';
import { expectGolden } from '../../support/golden.js';
import { asPerson, type Person } from '../support/people.js';
import { Bench, isOneSentence } from '../support/tendril.js';

const TAMSIN = 'tamsin.okoro@fennmarsh.example';
const SCAN = 'github:fennmarsh/workflow/dependency-scan';
const AFTER = '2026-11-28T00:00:00.000Z';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const as = (person: Person, words: readonly string[], clock = '2026-11-23T09:00:00.000Z') =>
  bench.runWith({ env: { ...asPerson(bench, person), TENDRIL_CLOCK: clock } }, 'offboard', ...words);

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('a plan reads as it should, and asks for what is to be decided', async () => {
  const { code, out, err } = await as('pat', ['plan', TAMSIN, '--reason', 'leaves on Friday']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const text = out.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID-OF-CASE');
  expectGolden('test/cli/offboard/tamsin.plan.txt', text);
});

test('nobody approves what is undecided, what they made, or what they did not look at', async () => {
  const early = await as('ann', ['approve', TAMSIN, '--reason', 'agreed', '--yes']);
  expect({ code: early.code, out: early.out }).toEqual({ code: 1, out: '' });
  expect(early.err).toContain(SCAN);
  const decided = await as('pat', ['decide', TAMSIN, SCAN, 'REHOME', '--reason', 'security needs it']);
  expect(decided.out).toContain('decided by pat at 2026-11-23T09:00:00.000Z: security needs it');
  const asked = await as('ann', ['approve', TAMSIN, '--reason', 'agreed']);
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('--yes');
  const forbidden = await as('vic', ['approve', TAMSIN, '--reason', 'agreed', '--yes']);
  expect(forbidden).toMatchObject({ code: 1, out: '' });
  const stale = await as('ann', ['approve', TAMSIN, '--reason', 'agreed', '--plan-hash', 'f'.repeat(64)]);
  expect(stale).toMatchObject({ code: 1, out: '' });
  expect(isOneSentence(stale.err)).toBe(true);
});

test('whoever decided as the user of the operating system hears how somebody else approves', async () => {
  const { code } = await bench.run(
    'offboard',
    'decide',
    TAMSIN,
    SCAN,
    'REHOME',
    '--reason',
    'security needs it',
  );
  expect(code).toBe(0);
  const { code: refused, out } = await bench.run(
    'offboard',
    'approve',
    TAMSIN,
    '--reason',
    'mine',
    '--yes',
    '--json',
  );
  const { error } = JSON.parse(out) as { error: { code: string; message: string } };
  expect({ refused, code: error.code }).toEqual({ refused: 1, code: 'SELF_APPROVAL' });
  expect(error.message).toContain('TENDRIL_TOKEN');
});

test('approved, it is carried out up to the last working day, goes on then, and is verified', async () => {
  const approved = await as('ann', ['approve', TAMSIN, '--reason', 'agreed', '--yes']);
  expect(approved.out).toMatch(
    /^Approved the plan [0-9a-f]{64} .*\nNot known: Token of google:.*records it.\nNext: tendril offboard execute /,
  );
  expect((await as('ola', ['verify', TAMSIN])).code).toBe(1);
  const waiting = await as('ola', ['execute', TAMSIN]);
  expect(waiting).toMatchObject({ code: 0, err: '' });
  expect(waiting.out).toContain('WAITING. It waits for the last working day');
  expect(waiting.out).toContain('SIMULATED');
  expect(waiting.out).toContain('Next: tendril offboard resume ');
  const ended = await as('ola', ['resume', TAMSIN], AFTER);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(ended.out).toContain('VERIFIED. Assurance: SIMULATED');
  const verified = await as('vic', ['verify', TAMSIN], AFTER);
  expect(verified.code).toBe(0);
  for (const invariant of ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7']) {
    expect(verified.out).toContain(`  ${invariant} holds`);
  }
  expect(verified.out).toContain('RESIDUAL, NOTED');
  expect(verified.out).toContain('As far as the sources look, all invariants hold');
  const again = await as('ola', ['execute', TAMSIN], AFTER);
  expect(again).toMatchObject({ code: 1, out: '' });
  const cancelled = await as('ola', ['cancel', TAMSIN, '--reason', 'too late'], AFTER);
  expect(cancelled).toMatchObject({ code: 1, out: '' });
  const radius = await bench.json<{ exposure: unknown[] }>('blast-radius', TAMSIN);
  expect(radius.exposure).toEqual([]);
});

test('all that evidences it is put into a folder, and can be checked there without the store', async () => {
  const { code, out, err } = await bench.runWith(
    { env: { TENDRIL_CLOCK: AFTER } },
    ...['audit', 'export', '--case', TAMSIN, '--out', 'evidence'],
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('evidence/report.html');
  const read = (name: string) => readFileSync(bench.path(join('evidence', name)));
  const manifest = JSON.parse(read('manifest.json').toString()) as {
    files: { name: string; sha256: string }[];
  };
  expect(manifest.files.map(({ name }) => name)).toContain('chain.ndjson');
  for (const { name, sha256 } of manifest.files) expect([name, digest(read(name))]).toEqual([name, sha256]);
  const pack = JSON.parse(read('case.json').toString()) as EvidencePack;
  expect(digest(read('plan.json'))).toBe(pack.case.planHash);
  expect(pack.radii).toMatchObject({
    before: { exposure: 66, conflicts: 10, cutLive: 11 },
    after: { exposure: 0, cutLive: 0 },
  });
  const controls = pack.controls.map(({ id }) => id);
  for (const id of [
    'NHI1:2025',
    'NHI5:2025',
    'NHI9:2025',
    'NHI10:2025',
    'PR.AA-01',
    'PR.AA-05',
    'A.5.18',
    'A.6.5',
    'CC6.2',
    'CC6.3',
  ])
    expect(controls).toContain(id);
  // All sources of the demo company only pretend: nothing counts as removed.
  expect(pack.removals.length).toBeGreaterThan(0);
  expect(
    pack.removals.filter(({ at, seconds, simulated }) => at !== null || seconds !== null || !simulated),
  ).toEqual([]);
  const facts = pack.controls.flatMap((control) => control.facts);
  expect(facts).toContainEqual(expect.stringMatching(/^Tokens revoked, .*: 0\. \d+ more were SIMULATED/));
  expect(facts).toContainEqual(expect.stringMatching(/^0 of \d+ removals are done: \d+ were SIMULATED/));
  expect(JSON.parse(read('population.json').toString())).toMatchObject({
    leavers: expect.arrayContaining([
      expect.objectContaining({ case: pack.case.id, state: 'VERIFIED', leftAt: pack.departure }),
    ]),
  });
  const report = read('report.html').toString();
  expect(report).toContain('Tamsin Okoro');
  const first = report.slice(0, report.indexOf('id="radii"'));
  expect(first).toContain('FIXED by TENDRIL_CLOCK');
  expect(first).toMatch(/\d+ of \d+ actions, \d+ of \d+ removals: nothing outside was called/);
  expect(first).toContain('google:fennmarsh does not say that it looks for Token');
  expect(first).toContain('As far as the sources look, all invariants hold');
  expect(report).not.toContain('<script');
  const anchors = [...report.matchAll(/href="#(\w+)"/g)].map(([, id]) => id);
  expect(anchors.filter((id) => !report.includes(`id="${id}"`))).toEqual([]);
  const env = { TENDRIL_STORE: `sqlite:${bench.path('nowhere.db')}` };
  expect(await bench.runWith({ env }, 'audit', 'verify', 'evidence/chain.ndjson')).toMatchObject({ code: 0 });
  // All of it together: the manifest, the plan, the chain, the events and the signatures.
  const whole = await bench.runWith({ env }, 'audit', 'verify', 'evidence');
  expect(whole).toMatchObject({ code: 0, err: '' });
  for (const name of ['manifest', 'plan', 'chain', 'events', 'signatures'])
    expect(whole.out).toMatch(new RegExp(`^  ${name} +holds`, 'm'));
  const alone = await bench.runWith({ env }, 'audit', 'verify', 'evidence/events.ndjson');
  expect(alone).toMatchObject({
    code: 1,
    out: expect.stringContaining('the events of one case (events.ndjson)'),
  });
  const told = read('case.json').toString();
  writeFileSync(bench.path('evidence/case.json'), told.replaceAll('"subject": "ann"', '"subject": "eve"'));
  const forged = await bench.runWith({ env }, 'audit', 'verify', 'evidence');
  expect(forged.code).toBe(1);
  expect(forged.out).toContain('case.json was changed.');
  expect(forged.out).toMatch(/^ {2}signatures +FAILS +That eve approved it is not in the chain\.$/m);
  writeFileSync(bench.path('evidence/case.json'), told);
  const again = await bench.run('audit', 'export', '--case', TAMSIN, '--out', 'evidence');
  expect(again).toMatchObject({ code: 1, out: '' });
});

test('cases are listed, and shown by the beginning of their id', async () => {
  const listed = await bench.json<{ id: string; state: string }[]>('offboard', 'list');
  expect(listed.map(({ state }) => state)).toEqual(['VERIFIED']);
  const id = listed[0]!.id.replace('tendril/case/', '').slice(0, 12);
  const shown = await bench.json<{ id: string; actions: { state: string }[] }>('offboard', 'show', id);
  expect(shown.id).toBe(listed[0]!.id);
  expect(new Set(shown.actions.map(({ state }) => state))).toEqual(new Set(['DONE']));
  expect(await as('vic', ['show', 'nobody@fennmarsh.example'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining(`This was asked of the store sqlite:${bench.store} (TENDRIL_STORE).`),
  });
});

test('a case that has not begun is planned again, and cancelled', async () => {
  const ROWAN = 'rowan.pike@fennmarsh.example';
  expect((await as('pat', ['plan', ROWAN, '--reason', 'left'])).code).toBe(0);
  expect((await as('pat', ['plan', ROWAN, '--reason', 'left'])).code).toBe(1);
  expect((await as('pat', ['replan', ROWAN, '--reason', 'again'])).out).toContain('again');
  expect((await as('pat', ['cancel', ROWAN, '--reason', 'not now'])).out).toContain('CANCELLED');
});
