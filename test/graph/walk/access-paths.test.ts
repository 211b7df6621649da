import { describe, expect, test } from '@jest/globals';
import { accessPaths, MAX_PARTIAL_PATHS } from '../../../src/graph/walk/access-paths.js';
import { draft } from '../../reference/draft.js';
import { indexOf } from '../../support/plain-index.js';

/** Groups that are all in one another: from the one that opens the repository, paths go on without end. */
function maze(groups: number) {
  const names = Array.from({ length: groups }, (_, at) => `g${at}`);
  const pairs = names.flatMap((from) =>
    names.filter((to) => to !== from).map((to) => `${from} MEMBER_OF ${to}`),
  );
  const entities = {
    a: 'Account',
    repo: 'Resource',
    ...Object.fromEntries(names.map((name) => [name, 'Group'])),
  };
  return draft(entities, ['a MEMBER_OF g0', 'g0 CAN_ACCESS repo', ...pairs]);
}

describe('access paths', () => {
  test('say so when they give up before they know whether there are more', async () => {
    const view = (await indexOf(maze(10))).at(0);
    const [from, to] = [view.numberOf('a'), view.numberOf('repo')];
    expect(accessPaths(view, from, to, 1)).toHaveLength(1);
    expect(() => accessPaths(view, from, to, 2)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        message: expect.stringContaining('Ask for 1 or fewer'),
        details: { limit: 'pathBeginnings', value: MAX_PARTIAL_PATHS },
      }),
    );
  });

  test('are fewer than asked for where there are no more', async () => {
    const view = (await indexOf(maze(4))).at(0);
    expect(accessPaths(view, view.numberOf('a'), view.numberOf('repo'), 50)).toHaveLength(1);
  });
});
