import { expect, test } from '@jest/globals';
import { scopeWords } from '../../../src/cli/radii/scope-words.js';
import { readScope } from '../../../src/model/scopes.js';

const words = (...scopes: string[]) => scopeWords(scopes.map((scope) => readScope(scope, 'google')));

test.each([
  [[], []],
  [['openid', 'email'], ['may READ profile (LOW)']],
  [
    ['openid', 'gmail.readonly', 'gmail.send', 'calendar.readonly'],
    ['may WRITE mail (HIGH)', 'may READ calendar (MEDIUM)'],
  ],
  [
    ['x', 'y'],
    ['scope x unknown', 'scope y unknown'],
  ],
  [
    ['a', 'b', 'c', 'd', 'drive'],
    ['may ADMIN files (HIGH)', '4 scopes unknown'],
  ],
  [
    ['cloud-platform', 'drive', 'gmail.modify', 'contacts', 'calendar'],
    ['may ADMIN cloud (CRITICAL)', 'may ADMIN files (HIGH)', 'may WRITE mail (HIGH)', 'and 2 more'],
  ],
])('%j: %j', (scopes, wanted) => {
  expect(words(...scopes)).toEqual(wanted);
});
