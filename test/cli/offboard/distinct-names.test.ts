import { expect, test } from '@jest/globals';
import { distinctNames } from '../../../src/cli/offboard/distinct-names.js';

const [aws, google] = ['aws:acme/user/ada', 'google:acme/user/ada'].map((id) => ({ id, name: 'ada' }));

test('two things of one name are told apart by their sources, else by their ids', () => {
  const names = distinctNames([aws!, google!, aws!, { id: 'x/1', name: 'nightly' }]);
  expect(names(aws!)).toBe('ada (aws:acme)');
  expect(names(google!)).toBe('ada (google:acme)');
  expect(names({ id: 'x/1', name: 'nightly' })).toBe('nightly');
  const same = [...'12'].map((at) => ({ id: `github:acme/job/${at}`, name: 'nightly' }));
  expect(same.map(distinctNames(same))).toEqual([
    'nightly (github:acme/job/1)',
    'nightly (github:acme/job/2)',
  ]);
});
