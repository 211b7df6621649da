import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonErrorOffset, lineAndColumn } from '../../../src/import/check/json-position.js';

test.each([
  ['', 0],
  ['{"a":1', 6],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['[1,,2]', 3],
  ['[1 2]', 3],
  ['{"a":tru}', 5],
  ['"a\nb"', 2],
  ['"a\\x"', 2],
  ['01', 1],
  ['{} {}', 3],
  ["{'a':1}", 1],
])('%j breaks at %i', (text, offset) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonErrorOffset(text)).toBe(offset);
});

test('goes to the end of any JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonErrorOffset(text)).toBe(text.length);
    }),
  );
});

test('stops where a good text was cut, or at the word, escape or number that was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.json(), { minLength: 1 }), fc.nat(), (texts, cut) => {
      const text = `[${texts.join()}]`;
      const part = text.slice(0, cut % text.length);
      const offset = jsonErrorOffset(part);
      expect(part.length - offset).toBeLessThanOrEqual('\\u123'.length);
      // A word, an escape, or the fraction or exponent of a number.
      expect(part.slice(offset)).toMatch(/^[a-z]*$|^[\\.eE-]/);
    }),
  );
});

test('counts lines and columns from one', () => {
  expect(lineAndColumn('a\nbc\nd', 4)).toEqual({ line: 2, column: 3 });
  expect(lineAndColumn('a\nbc\nd', 5)).toEqual({ line: 3, column: 1 });
  expect(lineAndColumn('', 0)).toEqual({ line: 1, column: 1 });
});
