import { expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.js';
import { carriedPackages, noticesText } from './notices.js';

/** Licences that let us pass a package on with the product, keeping its notice. A new one is a decision: add it here. */
const ALLOWED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'];

test('every package that the container carries has a licence of the short list', () => {
  const refused = carriedPackages().filter(({ license }) => !isAllowed(license));
  expect(refused.map(({ name, version, license }) => `${name} ${version}: ${license}`)).toEqual([]);
});

test('a licence expression needs all its parts, or one of those to choose from', () => {
  expect(['MIT', '(MIT AND BSD-3-Clause)', '(GPL-3.0 OR MIT)'].map(isAllowed)).toEqual([true, true, true]);
  expect(['GPL-3.0', '(MIT AND GPL-3.0)', 'unknown', ''].map(isAllowed)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('THIRD-PARTY-NOTICES is made from the lock file and the packages (npm run golden writes it)', () => {
  expectGolden('THIRD-PARTY-NOTICES', noticesText());
});

/** An SPDX expression of names, AND and OR, without nesting. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((name) => ALLOWED.includes(name)));
}
