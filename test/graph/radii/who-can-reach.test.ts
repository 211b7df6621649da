import { describe, expect, test } from '@jest/globals';
import { whoCanReach } from '../../../src/graph/radii/who-can-reach.js';
import type { GraphView } from '../../../src/graph/view.js';
import { draft } from '../../reference/draft.js';
import { indexOf } from '../../support/plain-index.js';

/** People who all reach one repository through one team, and a great deal else besides. */
function company(people: number, elsewhere: number) {
  const names = Array.from({ length: people }, (_, at) => String(at));
  const others = Array.from({ length: elsewhere }, (_, at) => `other${at}`);
  const humans = names.flatMap((name): [string, string][] => [
    [`h${name}`, 'Human'],
    [`a${name}`, 'Account'],
  ]);
  const entities = {
    ...Object.fromEntries(humans),
    ...Object.fromEntries(others.map((other) => [other, 'Resource'])),
    team: 'Group',
    all: 'Group',
    repo: 'Resource',
  };
  return draft(entities, [
    ...names.map((name) => `h${name} HAS_ACCOUNT a${name}`),
    ...names.flatMap((name) => [`a${name} MEMBER_OF team`, `a${name} MEMBER_OF all`]),
    ...others.map((other) => `all CAN_ACCESS ${other}`),
    'team CAN_ACCESS repo WRITE',
  ]);
}

/** Counts how often something asks a view for the relationships of an entity. */
function counting(view: GraphView) {
  const counted = { visits: 0 };
  const around = new Proxy(view, {
    get(target, name) {
      if (name === 'eachOut' || name === 'eachIn') counted.visits += 1;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { counted, around };
}

describe('who can reach an entity', () => {
  test('the way of each costs its own steps, not all that they could reach', async () => {
    const [people, elsewhere] = [100, 500];
    const view = (await indexOf(company(people, elsewhere))).at(0);
    const { counted, around } = counting(view);
    const reachers = whoCanReach(around, view.numberOf('repo'));
    expect(reachers.members).toHaveLength(people);
    counted.visits = 0;
    for (const { entity } of reachers.members) expect(reachers.pathFrom(entity)).toHaveLength(3);
    // A human, an account and once the team, each looked at in both directions.
    expect(counted.visits).toBeLessThanOrEqual(2 * (2 * people + 1));
  });
});
