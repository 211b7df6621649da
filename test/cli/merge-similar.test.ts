import { expect, test } from '@jest/globals';
import { mergeSimilar } from '../../src/cli/merge-similar.js';

test('sentences that differ in one word are told once, with all the words', () => {
  const of = (region: string) => `The condition of policy ${region}, statement 5 is not evaluated.`;
  expect(mergeSimilar(['A first one.', of('eu-1'), 'Another one.', of('us-1'), of('ap-1')])).toEqual([
    'A first one.',
    'The condition of policy …, statement 5 is not evaluated. (… is each of eu-1, us-1, ap-1)',
    'Another one.',
  ]);
});

test('a few, or what differs in more, stay as they are', () => {
  const few = ['Role a is left out.', 'Role b is left out.', 'Role c trusts d.', 'Role e trusts f.', 'None.'];
  expect(mergeSimilar(few)).toEqual(few);
  expect(mergeSimilar([])).toEqual([]);
});
