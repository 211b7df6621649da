import { describe, expect, test } from '@jest/globals';
import { MAX_NESTING } from '../../../src/import/base/limits.js';
import { attributeFlaws } from '../../../src/import/check/attributes.js';

function nested(depth: number): unknown {
  let value: unknown = 'inside';
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { value };
  return value;
}

describe('attributes', () => {
  test('may nest so deep and no deeper', () => {
    expect(attributeFlaws(nested(MAX_NESTING))).toEqual([]);
    expect(attributeFlaws(nested(MAX_NESTING + 1))).toMatchObject([
      { field: 'attributes', rule: 'BAD_PROPERTY' },
    ]);
    expect(attributeFlaws(nested(200_000))).toHaveLength(1);
  });

  test.each(['1e999', '-1e999', '9007199254740993', '-9007199254740992', '1e21'])(
    'take no number that is not kept as it was sent: %s',
    (number) => {
      const attributes = JSON.parse(`{"a":{"list":[1,${number}]}}`) as unknown;
      expect(attributeFlaws(attributes)).toMatchObject([
        { field: 'attributes.a.list[1]', rule: 'BAD_PROPERTY' },
      ]);
    },
  );

  test('take every other number, and whatever else there is', () => {
    const attributes = { a: [0, -1.5, 1e-300, 0.1, 9007199254740991], b: null, c: true, d: 'text', e: {} };
    expect(attributeFlaws(attributes)).toEqual([]);
  });
});
