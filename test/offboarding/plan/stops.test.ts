import { expect, test } from '@jest/globals';
import type { Action } from '../../../src/offboarding/plan/plan.js';
import { Stops } from '../../../src/offboarding/plan/stops.js';
import { NOW } from '../../reference/draft.js';
import { drawn } from '../../support/drawn.js';
import { indexOf } from '../../support/plain-index.js';

/** An action that disables an account; nothing else of it matters here. */
const disable = (entity: string) =>
  ({
    kind: 'DISABLE_ACCOUNT',
    entity,
    changes: [{ change: 'SET_STATUS', entity, status: 'DISABLED' }],
  }) as unknown as Action;

test('what does not work already is told apart from what stops', async () => {
  const graph = drawn(
    {
      ...{
        a: 'Account',
        bot: 'ServiceIdentity',
        dead: 'Token REVOKED',
        fine: 'Job',
        lame: 'Job',
        over: 'Job RETIRED',
      },
      ...{ other: 'Job' },
    },
    [
      ...['a OWNS bot sustains', 'fine RUNS_AS bot', 'lame RUNS_AS a', 'lame USES dead', 'over RUNS_AS a'],
      'other USES dead',
    ],
  );
  const view = (await indexOf(graph)).at(NOW);
  const stops = new Stops(view, [disable('a')]);
  const ids = (entities: readonly number[]) => entities.map((entity) => view.idOf(entity));
  // `other` is broken too, but no action touches it; `over` has ended and is not meant to work.
  expect(ids(stops.alreadyBroken)).toEqual(['lame']);
  expect(ids(stops.by([disable('a')]))).toEqual(['fine']);
});
