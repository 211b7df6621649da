import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, isOneSentence } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

describe('generate', () => {
  test('the same seed gives the same files, another seed others, and they import', async () => {
    const folders = ['a', 'b', 'c'].map((name) => bench.path(name));
    const seeds = ['7', '7', '8'];
    for (const [at, folder] of folders.entries()) {
      const words = ['generate', '--humans', '60', '--seed', seeds[at] ?? '', '--out', folder];
      expect(await bench.run(...words)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringContaining(folder),
      });
    }
    const [a, b, c] = folders.map((folder) =>
      readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    const files = readdirSync(bench.path('a')).map((name) => join(bench.path('a'), name));
    const { created } = await bench.json<{ created: number }>('import', ...files);
    expect(created).toBe(a?.reduce((sum, text) => sum + text.trimEnd().split('\n').length - 1, 0));
  });

  test('--json lists the files', async () => {
    const { files } = await bench.json<{ files: { path: string; lines: number }[] }>(
      'generate',
      '--humans',
      '5',
      '--out',
      bench.path('few'),
    );
    for (const { path, lines } of files) {
      expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(lines + 1);
    }
  });
});

/** The smallest account that `aws iam get-account-authorization-details` could print. */
const DETAILS = JSON.stringify({
  UserDetailList: [
    {
      Path: '/',
      UserName: 'ada',
      UserId: 'AIDAEXAMPLE',
      Arn: 'arn:aws:iam::123456789012:user/ada',
      CreateDate: '2024-01-01T00:00:00+00:00',
      GroupList: [],
      AttachedManagedPolicies: [],
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
});

describe('convert aws-iam', () => {
  test('the snapshot to stdout, what it cannot say to stderr', async () => {
    writeFileSync(bench.path('details.json'), DETAILS);
    const { code, out, err } = await bench.run('convert', 'aws-iam', bench.path('details.json'));
    expect(code).toBe(0);
    const [header, ...items] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(header).toMatchObject({
      source: { id: 'aws:123456789012', syncedAt: '2026-11-23T09:00:00.000Z' },
      mode: 'full',
      couldNotRead: expect.arrayContaining([
        expect.objectContaining({ kinds: ['CREDENTIAL_OF', 'ISSUED', 'Token'] }),
      ]),
    });
    const ada = { kind: 'Account', id: 'aws:123456789012/user/ada' };
    expect(items).toContainEqual({ entity: expect.objectContaining(ada) });
    expect(err).toMatch(/^Not known: Access keys/m);
  });

  test('from standard input into a file, which imports', async () => {
    const out = bench.path('aws.json');
    const words = ['convert', 'aws-iam', '-', '--out', out, '--synced-at', '2026-11-01'];
    expect(await bench.runWith({ stdin: DETAILS }, ...words)).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        new RegExp(`^Wrote ${out}: \\d+ entities, \\d+ relationships\\.\\nNext: tendril import ${out}\\n$`),
      ),
    });
    const machine = await bench.runWith({ stdin: DETAILS }, ...words, '--json');
    const { entities } = JSON.parse(readFileSync(out, 'utf8')) as { entities: unknown[] };
    expect(JSON.parse(machine.out)).toMatchObject({
      file: out,
      entities: entities.length,
      couldNotRead: expect.arrayContaining([
        expect.objectContaining({ because: expect.stringMatching(/^Access keys/) }),
      ]),
    });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      source: { syncedAt: '2026-11-01T00:00:00.000Z' },
    });
    expect(readdirSync(bench.folder)).toEqual(['aws.json']);
    expect((await bench.json<{ created: number }>('import', out)).created).toBeGreaterThan(1);
    // What nobody looked for is a blind spot of the account, and the radius does not say that it is complete.
    const radius = await bench.json<{ complete: boolean }>('blast-radius', 'aws:123456789012/user/ada');
    expect(radius.complete).toBe(false);
  });

  test('what is no such file is refused, and leaves nothing', async () => {
    writeFileSync(bench.path('text'), 'An error occurred (AccessDenied)');
    writeFileSync(bench.path('other.json'), '{"Users":[]}');
    const out = bench.path('never.json');
    for (const [file, code] of [
      ['text', 1],
      ['other.json', 1],
      ['missing', 2],
    ] as const) {
      const told = await bench.run('convert', 'aws-iam', bench.path(file), '--out', out);
      expect({ code: told.code, out: told.out }).toEqual({ code, out: '' });
      expect(isOneSentence(told.err)).toBe(true);
    }
    expect(existsSync(out)).toBe(false);
    writeFileSync(bench.path('details.json'), DETAILS);
    const nowhere = bench.path('no/such/folder/aws.json');
    const told = await bench.run('convert', 'aws-iam', bench.path('details.json'), '--out', nowhere);
    expect(told).toEqual({ code: 2, out: '', err: `${nowhere} is not there; check the path.\n` });
  });
});
