import { describe, expect, test } from '@jest/globals';
import type { ReachSet } from '../../../src/graph/answers.js';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import type { GraphView } from '../../../src/graph/view.js';
import { draft } from '../../reference/draft.js';
import { onBothViews } from '../../support/both-views.js';

const graph = draft(
  {
    ...{ ada: 'Human', bob: 'Human', cleo: 'Human', own: 'Account', two: 'Account', all: 'Account' },
    ...{ key: 'Token', theirs: 'Token', job: 'Job', other: 'Job', wiki: 'Resource', vault: 'Secret' },
  },
  [
    ...['ada HAS_ACCOUNT own', 'ada HAS_ACCOUNT two', 'bob HAS_ACCOUNT two'],
    ...['ada HAS_ACCOUNT all', 'cleo HAS_ACCOUNT all'],
    ...['two ISSUED key', 'all ISSUED theirs', 'job USES key', 'other USES theirs'],
    ...['own CAN_ACCESS wiki', 'two CAN_ACCESS wiki ADMIN', 'bob KNOWS vault', 'theirs STORED_IN vault'],
  ],
);

const asked = (...people: readonly string[]) =>
  onBothViews(graph, (view: GraphView) => {
    const radii = radiiOf(
      view,
      people.map((id) => view.numberOf(id)),
      { rotateReadable: 'never' },
    );
    const ids = (set: ReachSet) => set.members.map(({ entity }) => view.idOf(entity)).sort();
    const wiki = radii.exposure.members.find(({ entity }) => view.idOf(entity) === 'wiki');
    return {
      exposure: ids(radii.exposure),
      wiki: [wiki?.level, ...radii.exposure.pathTo(wiki?.entity ?? 0).map(({ to }) => view.idOf(to))],
      continuity: ids(radii.continuity),
      continuityFrom: radii.continuity.members.map(({ entity }) =>
        view.idOf(radii.continuity.pathTo(entity)[0]!.from),
      ),
      holdings: [...radii.holdings.members].map((entity) => view.idOf(entity)).sort(),
      cut: ids(radii.cut),
      foreign: ids(radii.cut).filter((id) => radii.cut.isForeign(view.numberOf(id))),
    };
  });

describe('the radii of several people', () => {
  test('hold what they share among themselves, and not what somebody else has too', async () => {
    expect(await asked('ada')).toMatchObject({
      continuity: [],
      holdings: ['own'],
      foreign: ['key', 'theirs'],
    });
    expect(await asked('bob')).toMatchObject({ continuity: [], holdings: [], foreign: ['key', 'theirs'] });
    expect(await asked('bob', 'ada')).toEqual({
      exposure: ['all', 'key', 'own', 'theirs', 'two', 'vault', 'wiki'],
      wiki: [3, 'two', 'wiki'],
      continuity: ['job'],
      continuityFrom: ['ada'],
      holdings: ['key', 'own', 'two'],
      cut: ['key', 'own', 'theirs', 'two'],
      foreign: ['theirs'],
    });
  });

  test('are the same in whichever order and however often somebody is named', async () => {
    expect(await asked('ada', 'bob', 'ada')).toEqual(await asked('bob', 'ada'));
    expect(await asked('ada', 'ada')).toEqual(await asked('ada'));
  });
});
