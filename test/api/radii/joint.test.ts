import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

/** Ada and Bob together own what runs as an account that both of them have. */
const BOTH = {
  source: { id: 'both:acme', syncedAt: '2026-01-01T00:00:00.000Z' },
  mode: 'full',
  entities: [
    { kind: 'Account', id: 'both:account', name: 'both' },
    { kind: 'Job', id: 'both:job', name: 'report' },
    { kind: 'Resource', id: 'both:drive', name: 'drive' },
  ],
  relationships: [
    { type: 'HAS_ACCOUNT', from: 'hr:ada', to: 'both:account' },
    { type: 'HAS_ACCOUNT', from: 'hr:bob', to: 'both:account' },
    { type: 'RUNS_AS', from: 'both:job', to: 'both:account' },
    { type: 'CAN_ACCESS', from: 'both:account', to: 'both:drive', permission: 'ADMIN' },
  ],
};

const SETS = `complete start { id } human { id } humans { id }
  blindSpots { account { id } }
  continuity { edges { onlyTogether node { entity { id } path { from { id } to { id } } } } }
  orphans { edges { onlyTogether node { entity { id } } } }
  cut { nodes { entity { id } } }`;

describe.each(['memory', 'store'] as const)('jointBlastRadius, with the graph in the %s', (index) => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ index }, [HR, CODE, BOTH]);
  });
  afterAll(() => service.stop());

  const edges = (answer: unknown, set: string) =>
    (at(answer, `${set}.edges`) as { onlyTogether: boolean | null; node: { entity: { id: string } } }[]).map(
      ({ onlyTogether, node }) => [node.entity.id, onlyTogether],
    );

  test('is that of one person who has everything of theirs, and says what is so only together', async () => {
    const data = await service.data(
      `{ joint: jointBlastRadius(humans: ["bob@acme.example", "hr:ada", "hr:bob"]) { ${SETS} } }`,
    );
    const joint = at(data, 'joint');
    expect(at(joint, 'humans')).toEqual([{ id: 'hr:ada' }, { id: 'hr:bob' }]);
    expect([at(joint, 'start.id'), at(joint, 'human'), at(joint, 'complete')]).toEqual([
      'hr:ada',
      null,
      true,
    ]);
    expect(edges(joint, 'continuity')).toEqual([
      ['both:job', true],
      ['code:job', false],
    ]);
    expect(edges(joint, 'orphans')).toContainEqual(['both:drive', true]);
    expect(edges(joint, 'orphans')).toContainEqual(['code:job', false]);
    expect(at(joint, 'continuity.edges.0.node.path.0')).toEqual({
      from: { id: 'hr:ada' },
      to: { id: 'both:account' },
    });
    const spots = at(joint, 'blindSpots') as { account: { id: string } }[];
    expect(spots.map(({ account }) => account.id)).toEqual(['both:account']);
  });

  test('of one person is the blast radius of that person', async () => {
    const data = await service.data(
      `{ one: jointBlastRadius(humans: ["hr:ada"]) { ${SETS} } same: blastRadius(human: "hr:ada") { ${SETS} } }`,
    );
    expect(at(data, 'one')).toEqual(at(data, 'same'));
    expect(edges(at(data, 'one'), 'continuity')).toEqual([['code:job', null]]);
  });

  test('is of people only, of one at least and of fifty at most', async () => {
    const code = (humans: readonly string[]) =>
      service.code(`{ jointBlastRadius(humans: ${JSON.stringify(humans)}) { revision } }`);
    expect(await code([])).toBe('BAD_INPUT');
    expect(await code(['hr:ada', 'code:ada'])).toBe('BAD_INPUT');
    expect(await code(['hr:ada', 'nobody'])).toBe('NOT_FOUND');
    expect(await code(Array.from({ length: 51 }, () => 'hr:ada'))).toBe('LIMIT_EXCEEDED');
  });
});
