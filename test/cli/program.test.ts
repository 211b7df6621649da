import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, isOneSentence, outcomeOf, ROOT } from './support/tendril.js';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

const COMMANDS = [
  'serve',
  'import',
  'export',
  'blast-radius',
  'leaving',
  'paths',
  'who-can-reach',
  'exposed',
  'lingering',
  'unowned',
  'broken',
  'accounts',
  'tokens',
  'changes',
  'what-if',
  'generate',
  'convert aws-iam',
  'convert entra-users',
  'convert gam-tokens',
  'convert gam-users',
  'convert github',
  'convert hr-csv',
  'convert okta-users',
  'doctor',
  'offboard',
  'revoke',
  'rotate',
  'rehome',
  'transfer',
  'retire',
  'policy',
  'source',
  'attention',
  'backup',
];

describe('what it says of itself', () => {
  test.each(COMMANDS)('%s: help with an example, without a store', async (command) => {
    const { code, out, err } = await bench.run(...command.split(' '), '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: tendril ${command}`);
    expect(out).toMatch(/Examples:\n {2}\$ /);
    expect(out).toContain('--json');
  });

  test('help takes the words of a command', async () => {
    const { code, out } = await bench.run('help', 'offboard', 'plan');
    expect(code).toBe(0);
    expect(out).toContain('Usage: tendril offboard plan');
  });

  test('help names every command and every exit code', async () => {
    const { code, out } = await bench.run('--help');
    expect(code).toBe(0);
    for (const name of COMMANDS) {
      expect(out).toMatch(new RegExp(`^  ${name.split(' ')[0]}\\b`, 'm'));
    }
    expect(out).toContain('0 done, 1 refused, 2 wrong usage or configuration, 3 the store cannot be reached');
    expect(out).toContain('130 interrupted');
  });

  test.each([
    ['revoke', 'Revoke a token, grant, account, identity or app, with all that came of it.'],
    ['audit', 'Verify the chain of audit events, sign where it stands, export it.'],
    ['offboard waive', 'Go on without an action, for which somebody answers until a moment.'],
  ])('%s: help says what it does', async (command, sentence) => {
    expect((await bench.run(...command.split(' '), '--help')).out).toContain(`\n${sentence}\n`);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await bench.run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  /** Npx sets this only when it first links a folder: a clone built anew in the same place would not run. */
  test('the build makes it executable', () => {
    accessSync(join(ROOT, 'build/src/cli.js'), constants.X_OK);
  });

  test('npx finds it in the repository', async () => {
    const child = bench.startProgram('npx', ['--no-install', 'tendril', '--version'], { cwd: ROOT });
    const { code, out } = await outcomeOf(child);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong usage is 2, and a sentence', () => {
  test.each([
    [['blastradius', 'ada'], 'Unknown command'],
    [['frobnicate'], "Unknown command 'frobnicate'; `tendril --help` says which there are."],
    [['offboard', 'frobnicate'], '`tendril offboard --help` says which there are'],
    [
      ['blast-radius'],
      "Missing required argument 'human'; `tendril blast-radius --help` shows how it is asked.",
    ],
    [['blast-radius', 'ada', 'grace'], '`tendril blast-radius --help` shows how it is asked'],
    [['offboard', 'plan', 'ada', '--reason', 'x', '--last-working-day', 'friday'], 'ISO 8601'],
    [['offboard', 'waive', 'c', 'a', '--owner', 'o', '--reason', 'x', '--until', 'then'], 'ISO 8601'],
    [['import', 'x.ndjson', 'x.ndjson'], 'x.ndjson is named twice; name each file once.'],
    [['blast-radius', 'ada', '--as-of', 'yesterday'], 'ISO 8601'],
    [['paths', 'a', 'b', '--limit', '0'], 'from 1 to 50'],
    [['paths', 'a', 'b', '--limit', '51'], 'from 1 to 50'],
    [['import'], 'Missing required argument'],
    [['import', 'x', '--dangling', 'maybe'], 'Allowed choices are refuse, skip'],
    [['import', 'x', '--colour'], "Unknown option '--colour'; `tendril import --help` says which there are."],
    [['generate', '--humans', 'many', '--out', 'x'], 'whole number'],
    [['generate', '--humans', '10'], 'Required option'],
  ])('tendril %j', async (words, sentence) => {
    const [told, machine] = await Promise.all([bench.run(...words), bench.run(...words, '--json')]);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(isOneSentence(told.err)).toBe(true);
    expect(told.err).toContain(sentence);
    const { code, out, err } = machine;
    expect({ code, err }).toEqual({ code: 2, err: '' });
    const { error } = JSON.parse(out) as { error: { code: string; message: string } };
    expect(error.code).toBe('BAD_INPUT');
    expect(error.message).toContain(sentence);
  });

  test.each([[[]], [['convert']]])('no command: the help, on stderr (%j)', async (words) => {
    const { code, out, err } = await bench.run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: tendril');
    expect(JSON.parse((await bench.run(...words, '--json')).out)).toMatchObject({
      error: { code: 'BAD_INPUT' },
    });
  });
});

describe('wrong configuration is 2, and names the variable', () => {
  test.each([
    ['TENDRIL_STORE', 'graph.db'],
    ['TENDRIL_STALE_AFTER', 'soon'],
    ['TENDRIL_CLOCK', 'noon'],
    ['TENDRIL_TOKENS', 'no-such-file.json'],
    ['TENDRIL_TOKEN', 'a-token-without-a-file'],
    ['TENDRIL_STOER', 'sqlite:x'],
  ])('%s=%s', async (variable, value) => {
    const { code, out, err } = await bench.runWith({ env: { [variable]: value } }, 'doctor');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(isOneSentence(err)).toBe(true);
    expect(err).toContain(variable);
  });
});
