import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { table, textOf } from '../../../src/main/reference/page.js';
import { referencePages } from '../../../src/main/reference/pages.js';
import { root } from '../../house/files.js';
import { expectGolden } from '../../support/golden.js';

describe('pages of the reference', () => {
  test.each(referencePages().map((page) => [page.name, page] as const))(
    '%s is as the code prints it',
    (name, page) => {
      expectGolden(`docs/reference/${name}.md`, textOf(page));
    },
  );

  test('are all that the folder has', () => {
    const names = referencePages().map(({ name }) => `${name}.md`);
    expect(readdirSync(join(root, 'docs/reference')).sort()).toEqual(names.sort());
  });

  test('keep a pipe in a cell apart from the end of the cell', () => {
    expect(table(['a', 'b'], [['x|y', 'z']])).toBe('| a | b |\n|---|---|\n| x\\|y | z |');
  });
});
