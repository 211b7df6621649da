import { expect, test } from '@jest/globals';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import { RULES } from '../../../src/model/relationships.js';
import { codeType } from '../../../src/model/rows.js';
import { draft } from '../../reference/draft.js';
import { indexOf } from '../../support/plain-index.js';

test('the way to what a group answers for is that of its members, not of who owns the group', async () => {
  const graph = draft({ ada: 'Human', a: 'Account', g: 'Group', j: 'Job' }, [
    ...['ada HAS_ACCOUNT a', 'ada OWNS g', 'a MEMBER_OF g', 'g OWNS j'],
  ]);
  const view = (await indexOf(graph)).at(0);
  const { orphans } = radiiOf(view, view.numberOf('ada'), { rotateReadable: 'never' });
  const wayTo = (id: string) =>
    orphans
      .pathTo(view.numberOf(id))
      .map(({ code, to }) => `${RULES[codeType(code)]!.type} ${view.idOf(to)}`);
  expect(wayTo('g')).toEqual(['OWNS g']);
  expect(wayTo('j')).toEqual(['HAS_ACCOUNT a', 'MEMBER_OF g', 'OWNS j']);
});
