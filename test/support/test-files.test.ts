import { expect, test } from '@jest/globals';
import { root } from '../house/files.js';
import { chooseTests } from './test-files.js';

test('a source file, a compiled one and the beginning of a path all name tests', () => {
  for (const word of [
    'test/house/style.test.ts',
    './test/house/style.test.ts',
    'build/test/house/style.test.js',
    'test/house',
  ])
    expect(chooseTests(root, [word]).unmatched).toEqual([]);
  expect(chooseTests(root, ['test/house/style.test.ts', '--verbose'])).toEqual({
    patterns: ['build/test/house/style.test.js'],
    unmatched: [],
  });
});

test('a word that matches nothing is named', () => {
  expect(chooseTests(root, ['test/house', 'test/hosue', 'src/model/ids.ts']).unmatched).toEqual([
    'test/hosue',
    'src/model/ids.ts',
  ]);
});

test('no word means every test', () => {
  expect(chooseTests(root, [])).toEqual({ patterns: [], unmatched: [] });
});
