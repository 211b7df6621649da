import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TendrilError } from '../../src/model/errors.js';
import type { Conversion } from '../../src/sources/conversion.js';
import { convertEntraUsers } from '../../src/sources/entra/convert-users.js';
import { convertGithub } from '../../src/sources/github/convert.js';
import { convertGam } from '../../src/sources/google/convert-gam.js';
import { convertHrCsv } from '../../src/sources/hr/convert-csv.js';
import { convertOktaUsers } from '../../src/sources/okta/convert-users.js';
import { filesOf } from './github/lists.js';
import { expectSound } from './invariants.js';

const OPTIONS = { source: 'it', syncedAt: '2026-11-23T09:00:00.000Z' };
const HR = { ...OPTIONS, columns: new Map<string, string>(), timeZone: undefined, dateOrder: 'ymd' } as const;
const GITHUB = { ...OPTIONS, people: new Map<string, string>(), managed: false };

/** Whatever comes in: a snapshot that the import can take, or a refusal that says what is wrong. */
async function holds(converting: () => Promise<Conversion> | Conversion): Promise<void> {
  try {
    expectSound((await converting()).document);
  } catch (error) {
    if (!(error instanceof TendrilError)) throw error;
    expect(error.code).toBe('BAD_INPUT');
    expect(error.message).not.toBe('');
  }
}

const word = fc.oneof(
  fc.constantFrom(
    '',
    'a@x.example',
    'b@x.example',
    'True',
    'false',
    'ACTIVE',
    'left',
    '2026-11-27',
    '2026-02-30',
    '1',
    'x y',
    '"',
    'é',
    '\u0000',
    'https://mail.google.com/',
  ),
  fc.string({ maxLength: 8 }),
);
const COLUMNS = [
  'id',
  'name',
  'email',
  'status',
  'last day',
  'manager id',
  'time zone',
  'primaryEmail',
  'suspended',
  'isAdmin',
  'user',
  'clientId',
  'scopes',
  'login',
  'userPrincipalName',
  'accountEnabled',
];

/** Tables that are nearly right: known columns, any cells, now and then a row that is torn. */
const csv = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...COLUMNS), { minLength: 1, maxLength: 8 }),
    fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { maxLength: 6 }),
    fc.constantFrom(',', ';', '\t'),
  )
  .map(([columns, rows, by]) => {
    const fitted = rows.map((row, at) => (at % 4 === 3 ? row : columns.map((_, index) => row[index] ?? '')));
    return [columns, ...fitted].map((row) => row.join(by)).join('\n');
  });
const text = fc.oneof(
  csv,
  csv,
  fc.json(),
  fc.string({ maxLength: 60 }),
  fc.array(fc.json(), { maxLength: 3 }).map((all) => all.join('\n')),
);

describe('no export is too strange', () => {
  test.each<[string, (input: string) => Promise<Conversion>]>([
    ['hr-csv', (input) => convertHrCsv('f.csv', [input], HR)],
    ['gam-users', (input) => convertGam({ users: { file: 'f.csv', text: input } }, OPTIONS)],
    ['gam-tokens', (input) => convertGam({ tokens: { file: 'f.csv', text: input } }, OPTIONS)],
    ['okta-users', (input) => convertOktaUsers('f', input, OPTIONS)],
    ['entra-users', (input) => convertEntraUsers('f', input, OPTIONS)],
  ])('%s', async (_, convert) => {
    await fc.assert(
      fc.asyncProperty(text, (input) => holds(() => convert(input))),
      { numRuns: 400 },
    );
  });

  test('an id that the import would not take is refused here already', async () => {
    const refused = convertHrCsv(
      'f.csv',
      [`id,name,email\n${'x'.repeat(600)},A,a@x.example\n\u0001,B,b@x.example`],
      HR,
    );
    await expect(refused).rejects.toMatchObject({ details: { problemCount: 2 } });
  });

  test('github: with any values in the place of some', async () => {
    const files = filesOf();
    const value = fc.oneof(fc.constantFrom(null, '', 'ada', 0, true, [], {}), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), fc.nat(400), value, (at, where, replacement) => {
        const changed = files.map((file, index) => {
          if (index !== at) return file;
          let seen = 0;
          const replaced = JSON.stringify(
            JSON.parse(`[${file.text.replaceAll('][', '],[').replaceAll('}{', '},{')}]`),
            (_, one) => {
              seen += 1;
              return seen - 1 === where % 60 ? replacement : one;
            },
          );
          return { ...file, text: replaced ?? 'null' };
        });
        return holds(() => convertGithub(changed, GITHUB));
      }),
      { numRuns: 400 },
    );
  });
});
