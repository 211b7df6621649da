import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { filesOf } from '../sources/github/lists.js';
import { Bench } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

const PEOPLE = `Employee id,Name,Work email,Last working day,Manager id
1,Ada Hale,ada@acme.example,2026-11-27,2
2,Max Roth,max@acme.example,,`;

function write(name: string, text: string): string {
  const path = bench.path(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function convert(format: string, ...words: string[]): Promise<string> {
  const out = bench.path(`${format}.ndjson`);
  const { code, err } = await bench.run('convert', format, ...words, '--out', out);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('internal') });
  return out;
}

test('exports of several systems become one company, linked by address', async () => {
  for (const { path, text } of filesOf()) write(join('github', path), text);
  const logins = write('logins.csv', 'login,email\nada,ada@acme.example\nmax,max@acme.example\n');
  const users = write(
    'users.csv',
    'primaryEmail,name.fullName,suspended,isAdmin\nada@acme.example,Ada,False,False\n',
  );
  const tokens = write(
    'tokens.csv',
    'user,clientId,displayText,scopes\nada@acme.example,c1,Mail Sync,https://mail.google.com/\n',
  );
  const okta = write(
    'okta.json',
    JSON.stringify([{ id: '00u1', status: 'ACTIVE', profile: { login: 'ada', email: 'ada@acme.example' } }]),
  );
  const entra = write(
    'entra.csv',
    'id,userPrincipalName,displayName,accountEnabled\ne1,ada@acme.example,Ada,True\n',
  );
  const files = [
    await convert('hr-csv', write('people.csv', PEOPLE), '--time-zone', 'Europe/Berlin'),
    await convert('github', bench.path('github'), '--people', logins),
    await convert('gam-users', users, '--tokens', tokens, '--source', 'google:acme'),
    await convert('okta-users', okta, '--source', 'okta:acme'),
    await convert('entra-users', entra, '--source', 'entra:acme'),
  ];
  const { created } = await bench.json<{ created: number }>('import', ...files);
  expect(created).toBeGreaterThan(40);
  // The same exports again change nothing.
  expect((await bench.json<{ created: number }>('import', ...files)).created).toBe(0);
  const radius = await bench.json<{
    complete: boolean;
    exposure: { entity: { id: string } }[];
  }>('blast-radius', 'ada@acme.example');
  const reached = radius.exposure.map(({ entity }) => entity.id);
  expect(reached).toEqual(
    expect.arrayContaining([
      'github:acme/user/ada',
      'github:acme/credential/12345678',
      'github:acme/repo/web/key/7',
      'google:acme/grant/ada@acme.example/c1',
      'google:acme/mail/ada@acme.example',
      'okta:acme/user/00u1',
      'entra:acme/user/e1',
    ]),
  );
  expect(radius.complete).toBe(false);
});

test('wrong rows are listed with row and column, and nothing is written', async () => {
  const people = write('people.csv', `${PEOPLE}\n3,,x@acme.example,soon,`);
  const told = await bench.run('convert', 'hr-csv', people, '--out', bench.path('hr.ndjson'));
  expect(told.code).toBe(1);
  expect(told.out).toBe('');
  expect(told.err).toMatch(/2 problems and nothing was written/);
  expect(told.err).toMatch(new RegExp(`${people}:4 +Name +NO_NAME`, 'i'));
  expect((await bench.run('import', bench.path('hr.ndjson'))).code).toBe(2);
  const machine = await bench.run('convert', 'hr-csv', people, '--json');
  expect(JSON.parse(machine.out)).toMatchObject({ error: { code: 'BAD_INPUT', problemCount: 2 } });
});

test.each([
  [['hr-csv', 'x.csv', '--column', 'email'], /field=heading/],
  [['hr-csv', 'x.csv', '--date-order', 'xyz'], /date-order/],
  [['gam-users', 'nowhere.csv'], /is not there/],
  [['github', '.'], /no \.json file/],
])('%j: wrong usage', async (words, message) => {
  const { code, err } = await bench.run('convert', ...words);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});
