import { describe, expect, test } from '@jest/globals';
import { bench } from './bench.js';
import { readOptions, USUAL } from './options.js';
import { HEADINGS, type Line, tableHead, tableRows } from './table.js';

/** Milliseconds: it starts two servers, on a machine that may be busy with other tests. */
const PATIENCE = 180_000;

/** Runs all of it once, small, so that it works when somebody wants to know; times are nobody's business here. */
describe('the benchmark', () => {
  test(
    'measures every part, each next to its floor',
    async () => {
      const said: string[] = [];
      const lines: Line[] = [];
      for await (const measured of bench({ parts: USUAL, sizes: [1000] }, (doing) => said.push(doing))) {
        lines.push(...measured);
      }
      expect(said).toEqual(
        ['import', 'bare inserts', 'index', 'radius', 'ranking', 'planning', 'http'].map(
          (doing) => `1000: ${doing}`,
        ),
      );
      const aimed = lines.filter((line) => line.aim !== undefined).map((line) => line.measure.split(',')[0]);
      expect(aimed).toEqual(['import', 'import', 'index load', 'ranking of 18 humans', 'HTTP', 'HTTP']);
      for (const { unit, floor, result } of lines) {
        expect(Number.isFinite(result.median)).toBe(true);
        if (unit === 'ms') expect(floor?.median).toBeGreaterThan(0);
      }
      const [headings, ruler, ...rows] = (tableHead() + tableRows(lines)).trimEnd().split('\n');
      expect(headings).toBe(`| ${HEADINGS.join(' | ')} |`);
      expect(ruler).toMatch(/^\| (--- \| ?)+$/);
      expect(rows).toHaveLength(lines.length);
      for (const row of rows) expect(row.split('|')).toHaveLength(HEADINGS.length + 2);
    },
    PATIENCE,
  );
});

describe('its arguments', () => {
  test('sizes and parts are those asked for', () => {
    expect(readOptions([]).sizes).toEqual([1e4, 1e5, 1e6]);
    expect(readOptions(['--huge']).sizes).toEqual([1e4, 1e5, 1e6, 1e7]);
    expect(readOptions(['--only', 'index,http', '--sizes', '1e4,20000'])).toEqual({
      parts: ['index', 'http'],
      sizes: [1e4, 2e4],
    });
  });

  test('what is none is refused in a sentence', () => {
    expect(() => readOptions(['--only', 'walk'])).toThrow('There is no part walk');
    expect(() => readOptions(['--sizes', '12'])).toThrow('12 is none');
    expect(() => readOptions(['--fast'])).toThrow();
  });
});
