import { expect, test } from '@jest/globals';
import { carrierRefusal } from '../../../src/offboarding/decide/carrier.js';
import { draft } from '../../reference/draft.js';
import { indexOf } from '../../support/plain-index.js';

const graph = draft(
  {
    ...{ ada: 'Human', bea: 'Human' },
    ...{ login: 'Account', boss: 'Account', alone: 'Account', robot: 'ServiceIdentity' },
    ...{ script: 'Job', feed: 'Job', staff: 'Group' },
  },
  ['ada HAS_ACCOUNT login', 'bea HAS_ACCOUNT boss', 'script RUNS_AS login'],
);

/** Why an identity cannot carry a workload that is to do without Ada; null where it can. */
async function refusal(workload: string, id: string, unmanaged: readonly string[] = []) {
  const entities = new Map(
    [...graph.entities].map(([name, one]) => [
      name,
      ['Account', 'ServiceIdentity'].includes(one.kind)
        ? { ...one, managed: !unmanaged.includes(name) }
        : one,
    ]),
  );
  const view = (await indexOf({ ...graph, entities })).at(0);
  const accounts = [view.numberOf('login')];
  return carrierRefusal({ view, workload: view.numberOf(workload), accounts }, id);
}

test('what is re-homed goes to a managed identity, and what runs as a person to one who stays', async () => {
  expect(await refusal('feed', 'robot')).toBeNull();
  expect(await refusal('script', 'robot')).toBeNull();
  expect(await refusal('script', 'boss')).toBeNull();
});

test('anybody and anything else is refused, with what to name instead', async () => {
  expect(await refusal('feed', 'boss')).toContain('does not run as one');
  expect(await refusal('script', 'login')).toContain('to do without');
  expect(await refusal('script', 'alone')).toContain('belongs to no live human');
  for (const id of ['nobody', 'staff', 'ada'])
    expect(await refusal('script', id)).toContain('no live managed ServiceIdentity');
  expect(await refusal('script', 'boss', ['boss'])).toContain('no live managed ServiceIdentity');
  expect(await refusal('script', 'robot', ['robot'])).toContain('no live managed ServiceIdentity');
});
