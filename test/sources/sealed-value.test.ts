import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { SealedValue } from '../../src/sources/sealed-value.js';

test('a value shows itself to who reads it, in no text, and to nobody once it is overwritten', () => {
  const value = new SealedValue('canary');
  expect(value.read()).toBe('canary');
  const shown = [`${value}`, JSON.stringify({ value }), inspect({ value }, { showHidden: true, depth: 9 })];
  for (const text of shown) {
    expect(text).toContain('[sealed]');
    expect(text).not.toContain('canary');
  }
  value.overwrite();
  value.overwrite();
  expect(() => value.read()).toThrow('overwritten');
});
