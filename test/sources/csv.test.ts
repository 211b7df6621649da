import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CsvRow, readCsv } from '../../src/sources/csv.js';

async function read(...pieces: string[]): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(pieces)) rows.push(row);
  return rows;
}

const cells = async (...pieces: string[]) => (await read(...pieces)).map((row) => row.cells);

/** A cell as a careful writer writes it. */
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('CSV', () => {
  test.each([
    [
      'with commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with semicolons, as a German spreadsheet writes it',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'with tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with a byte order mark and Windows line ends',
      '\uFEFFa,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with old line ends',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with quotation marks',
      'a,b\n"x, ""y""\nz",2\n',
      [
        ['a', 'b'],
        ['x, "y"\nz', '2'],
      ],
    ],
    [
      'with empty lines and cells',
      '\na,b\n\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    [
      'with a separator in the quotes of its heading',
      '"a;b;c",d\n1,2',
      [
        ['a;b;c', 'd'],
        ['1', '2'],
      ],
    ],
    ['with a quotation mark inside a plain cell', 'a\n5" pipe', [['a'], ['5" pipe']]],
    ['of one cell', 'a', [['a']]],
    ['of nothing', '', []],
  ] as const)('%s', async (_, text, wanted) => {
    expect(await cells(text)).toEqual(wanted);
  });

  test('tells on which line a row begins', async () => {
    expect((await read('a,b\n"x\ny",1\n2,3')).map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  test('what is written with care comes back, wherever it is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\t', ' ', 'é') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(200), { maxLength: 4 }), async (rows, cuts) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(await cells(...pieces)).toEqual(rows);
      }),
    );
  });

  test.each([
    ['a quotation mark that is never closed', 'a\n"b\nc', 2],
    ['something after a closing one', 'a,b\n"1"x,2', 2],
  ])('refuses %s, with the line', async (_, text, line) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'CsvError', line });
  });
});
