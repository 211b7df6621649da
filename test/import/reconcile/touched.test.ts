import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { TouchedRelationships } from '../../../src/import/reconcile/touched.js';

test('keeps the last input of each relationship, as a map would', () => {
  const touch = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.nat({ max: 127 }), fc.nat({ max: 3 }));
  fc.assert(
    fc.property(fc.array(touch, { maxLength: 300 }), (touches) => {
      const touched = new TouchedRelationships();
      const plain = new Map<string, number>();
      for (const [from, to, ident, input] of touches) {
        const name = `${from} ${to} ${ident}`;
        expect(touched.touch(from, to, ident, input)).toBe(plain.get(name));
        plain.set(name, input);
      }
      for (const [from, to, ident] of touches) {
        expect(touched.inputOf(from, to, ident)).toBe(plain.get(`${from} ${to} ${ident}`));
        expect(touched.inputOf(from, to, ident + 128)).toBeUndefined();
      }
    }),
  );
});

test('grows past its first places and forgets nothing', () => {
  const touched = new TouchedRelationships();
  for (let at = 1; at <= 20_000; at += 1) touched.touch(at, at * 3, at % 25, at % 2);
  for (let at = 1; at <= 20_000; at += 1) expect(touched.inputOf(at, at * 3, at % 25)).toBe(at % 2);
});
