import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OPERATORS } from '../../src/api/access/access.js';
import { asPerson } from './support/people.js';
import { Bench } from './support/tendril.js';

const RELEASE = 'github:fennmarsh/token/tamsin-release';
const SANDBOX = 'aws:fennmarsh/token/tamsin-sandbox-key';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const hashIn = (text: string): string => /^Preview hash: ([0-9a-f]{64})$/m.exec(text)![1]!;

test('a preview says what stops, writes nothing, and planners may ask for it', async () => {
  const env = asPerson(bench, 'pat');
  const { code, out } = await bench.runWith({ env }, 'revoke', RELEASE, '--dry-run', '--reason', 'leaked');
  expect(code).toBe(0);
  expect(out).toContain('WOULD STOP (2)');
  expect(out).toContain('github:fennmarsh/workflow/release');
  expect(await bench.json('offboard', 'list')).toEqual([]);
  const asked = await bench.json<{ cascade: { steps: unknown[] } }>(
    ...['revoke', RELEASE, '--dry-run', '--reason', 'leaked'],
  );
  expect(asked).toMatchObject({
    revision: '1',
    offboarding: null,
    cascade: {
      hash: hashIn(out),
      breaks: [{ id: 'github:fennmarsh/workflow/post-release-checks' }, { kind: 'JOB' }],
      steps: expect.arrayContaining([
        expect.objectContaining({ kind: 'REVOKE_TOKEN', entity: expect.objectContaining({ id: RELEASE }) }),
      ]),
    },
  });
  const refused = await bench.runWith({ env }, 'revoke', SANDBOX, '--reason', 'leaked', '--yes');
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(OPERATORS.join(', ')) });
});

test('a preview needs no reason, and what is done does', async () => {
  const preview = await bench.run('revoke', SANDBOX, '--dry-run');
  expect(preview).toMatchObject({ code: 0, err: '' });
  // Where something is unknown, nothing is said to be so for certain.
  expect(preview.out).toMatch(/^As far as the sources look, nothing that works now would stop; not known: /m);
  const refused = await bench.run('revoke', SANDBOX, '--yes');
  expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Say why with --reason') });
});

test('who may only preview never sends the mutation itself', async () => {
  const inputs: { dryRun?: boolean }[] = [];
  const service = createServer(async (request, response) => {
    inputs.push(((await json(request)) as { variables: { input: { dryRun?: boolean } } }).variables.input);
    const cascade = { hash: 'f'.repeat(64), needsApproval: false, breaks: [], viewerMay: false };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ data: { revoke: { revision: '1', cascade, offboarding: null } } }));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = service.address() as AddressInfo;
    const env = { TENDRIL_URL: `http://127.0.0.1:${port}`, TENDRIL_TOKEN: 'of a planner' };
    const words = ['revoke', SANDBOX, '--reason', 'leaked', '--yes', '--json'];
    const { code, out } = await bench.runWith({ env }, ...words);
    expect([code, JSON.parse(out)]).toEqual([
      1,
      { error: expect.objectContaining({ code: 'FORBIDDEN', message: expect.stringContaining('OPERATOR') }) },
    ]);
    expect(inputs).toEqual([expect.objectContaining({ dryRun: true })]);
  } finally {
    await new Promise((resolve) => service.close(resolve));
  }
});

test('what would break is refused; asked for, it waits for a second person', async () => {
  const refused = await bench.run('revoke', RELEASE, '--reason', 'leaked', '--yes', '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out).error).toMatchObject({
    code: 'WOULD_BREAK',
    workloads: ['github:fennmarsh/workflow/post-release-checks', 'github:fennmarsh/workflow/release'],
  });
  const asked = await bench.run('revoke', RELEASE, '--reason', 'leaked', '--yes', '--allow-breaking');
  expect(asked.out).toContain('IN_REVIEW');
  expect(asked.out).toContain('Next: tendril offboard approve ');
});

test('what breaks nothing is done when it was agreed to, and only what was looked at', async () => {
  const preview = await bench.run('revoke', SANDBOX, '--reason', 'leaked', '--dry-run');
  const silent = await bench.run('revoke', SANDBOX, '--reason', 'leaked');
  expect(silent.code).toBe(2);
  expect(silent.err).toContain('--yes');
  const other = await bench.run(
    'revoke',
    SANDBOX,
    '--reason',
    'x',
    '--yes',
    '--expected-hash',
    'f'.repeat(64),
  );
  expect(other).toMatchObject({ code: 1, out: '', err: expect.stringContaining('`--dry-run`') });
  const words = ['revoke', SANDBOX, '--reason', 'leaked', '--yes', '--expected-hash', hashIn(preview.out)];
  const done = await bench.run(...words);
  expect(done.code).toBe(0);
  expect(done.out).toContain('VERIFIED');
});

test('rotate, rehome, transfer and retire do what they are called', async () => {
  const states: string[] = [];
  for (const words of [
    ['rotate', 'aws:fennmarsh/secret/break-glass'],
    [
      'rehome',
      'github:fennmarsh/workflow/dependency-scan',
      '--successor',
      'marta.lindqvist@fennmarsh.example',
    ],
    [
      'transfer',
      'entra:fennmarsh/bot/oncall',
      '--from',
      'entra:fennmarsh/user/tamsin.okoro',
      '--to',
      'hr:fennmarsh/person/marta.lindqvist',
    ],
    ['retire', 'google:fennmarsh/app/chartmint'],
  ]) {
    const done = await bench.json<{
      cascade: { hash: string };
      offboarding: { kind: string; state: string };
    }>(...words, '--reason', 'asked for', '--yes');
    states.push(`${done.offboarding.kind} ${done.offboarding.state}`);
  }
  expect(states).toEqual(['ROTATE VERIFIED', 'REHOME VERIFIED', 'TRANSFER IN_REVIEW', 'RETIRE VERIFIED']);
  const wrong = await bench.run('revoke', 'hr:fennmarsh/person/rowan.pike', '--reason', 'x', '--yes');
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(await bench.run('attention')).toEqual({ code: 0, out: 'Nothing needs attention.\n', err: '' });
});
