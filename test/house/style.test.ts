import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import { filesBelow, root, sources, textOf } from './files.js';

const lines = (file: string) => textOf(file).split('\n').length - 1;

describe('the house', () => {
  test('lint and format are clean', () => {
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const checked = spawnSync(process.execPath, [biome, 'ci', '--colors=off', '.'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(checked.status === 0 ? '' : checked.stdout + checked.stderr).toBe('');
  });

  test('no file is over 500 lines, nine in ten are under 300, the median is under 120', () => {
    const sizes = sources()
      .map(lines)
      .sort((a, b) => a - b);
    expect(sources().filter((file) => lines(file) > 500)).toEqual([]);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(300);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(120);
  });

  test('only the relationship table knows what a type means', () => {
    const types = RELATIONSHIP_TYPES.join('|');
    const compared = new RegExp(`[=!]==? '(${types})'|'(${types})' [=!]==?|case '(${types})'`);
    const wrong = filesBelow('src')
      .filter((file) => file.endsWith('.ts') && !file.startsWith('src/model/relationships'))
      .filter((file) => compared.test(textOf(file)));
    expect(wrong).toEqual([]);
  });

  test('no test is skipped and nothing is left unfinished', () => {
    const marks = new RegExp(
      [
        '(test|it|describe)\\.(sk',
        'ip|to',
        'do|on',
        'ly)\\b|\\bTO',
        'DO\\b|FIX',
        'ME|@ts-(ig',
        'nore|expect)',
      ].join(''),
    );
    expect(sources().filter((file) => marks.test(textOf(file)))).toEqual([]);
  });

  test('the lock file names no place to fetch from', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });
});
