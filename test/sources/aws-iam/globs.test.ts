import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { covers, intersects, normalise } from '../../../src/sources/aws-iam/globs.js';

/** The meaning itself: a pattern as a regular expression. */
const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 });

describe('patterns', () => {
  test('a pattern covers a text exactly when it matches it', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => covers(pattern, text) === matches(pattern, text)),
    );
  });

  test('what a covered pattern matches, the covering one matches too', () => {
    fc.assert(
      fc.property(patterns, patterns, texts, (wide, narrow, text) => {
        if (covers(wide, narrow) && matches(narrow, text)) expect(matches(wide, text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('two patterns that match one text intersect', () => {
    fc.assert(
      fc.property(patterns, patterns, texts, (a, b, text) => {
        if (matches(a, text) && matches(b, text)) expect(intersects(a, b)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('patterns without a text in common do not intersect', () => {
    expect(intersects('arn:*:s3:::*/*', 'arn:aws:s3:::bucket')).toBe(false);
    expect(intersects('a?', 'a')).toBe(false);
    expect(intersects('a*b', 'b*')).toBe(false);
  });

  test('normalising keeps the meaning and gives one spelling', () => {
    fc.assert(
      fc.property(
        patterns,
        texts,
        (pattern, text) => matches(pattern, text) === matches(normalise(pattern), text),
      ),
    );
    expect(normalise('a**?*b')).toBe(normalise('a?*b'));
  });
});
