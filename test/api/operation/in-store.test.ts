import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Overrides } from '../../../src/compose.js';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

const REACH = `entity { id status } distance permission held path { from { id } relationship { type } to { id } }`;
const RADIUS = `start { id } complete incompleteBecause
  coverage { source { id } entities stale } blindSpots { account { id } missing }
  exposure(first: 100) { totalCount edges { cursor } nodes { ${REACH} viaFamilyOf { id } } }
  named: exposure(orderBy: { field: NAME, direction: DESC }, filter: { live: true }) { nodes { entity { name } } }
  continuity { nodes { ${REACH} } } orphans { nodes { ${REACH} } }
  cut { edges { foreign node { ${REACH} } } }
  conflicts { nodes { entity { id } resolution workloads { id } path { to { id } } } }
  summary { byKind { kind count } bySensitivity { sensitivity count } highestPermission }`;

const QUESTIONS: readonly [name: string, query: string][] = [
  ['blastRadius', `{ blastRadius(human: "hr:ada") { ${RADIUS} } }`],
  ['blastRadius of an account', `{ blastRadius(human: "code:cleo") { ${RADIUS} } }`],
  ['blastRadius asOf', `{ blastRadius(human: "hr:ada", asOf: "2026-06-01T12:00:00Z") { ${RADIUS} } }`],
  ['accessPaths', `{ accessPaths(from: "hr:ada", to: "code:repo") { length steps { to { id } } } }`],
  ['whoCanReach', `{ whoCanReach(entity: "code:repo") { nodes { ${REACH} } } }`],
  ['lingeringAccess', `{ lingeringAccess { nodes { human { id } exposed highestPermission } } }`],
  ['exposureRanking', `{ exposureRanking { totalCount nodes { human { id } exposed highestPermission } } }`],
  ['broken', `{ broken { totalCount nodes { id working stopsAt stopsBy { steps { to { id } } } } } }`],
  ['unowned', `{ unowned { nodes { id } } }`],
  ['unowned of some kinds', `{ unowned(kinds: [GROUP, SECRET]) { totalCount nodes { id } } }`],
  [
    'overview',
    `{ overview { revision byKind { kind count live } byStatus { status count } bySource { source { id } entities }
      lingering unowned staleSources { id } } }`,
  ],
];

const start = (instead: Overrides) => TestService.start(instead, [HR, CODE]);

describe('with the graph in the store', () => {
  let memory: TestService;
  let inStore: TestService;
  beforeAll(async () => {
    [memory, inStore] = [await start({ index: 'memory' }), await start({ index: 'store' })];
  });
  afterAll(async () => {
    await memory.stop();
    await inStore.stop();
  });

  test.each(QUESTIONS)('%s answers as it does in memory', async (_, query) => {
    const answer = await inStore.data(query);
    expect(JSON.stringify(answer).length).toBeGreaterThan(60);
    expect(answer).toEqual(await memory.data(query));
  });

  test('a radius that is not whole says so, and how to go on; a list that could not is refused', async () => {
    const service = await start({ index: 'store', fetching: { expansions: 2 } });
    try {
      const data = await service.data(`{ blastRadius(human: "hr:ada") { complete incompleteBecause
        exposure { totalCount nodes { entity { id } } } } }`);
      const whole = await memory.data(`{ blastRadius(human: "hr:ada") { exposure { totalCount } } }`);
      expect(at(data, 'blastRadius.complete')).toBe(false);
      expect(at(data, 'blastRadius.incompleteBecause')).toMatch(
        /needs more than 2 reads.*TENDRIL_INDEX=memory/,
      );
      expect(at(data, 'blastRadius.exposure.totalCount')).toBeLessThan(
        at(whole, 'blastRadius.exposure.totalCount') as number,
      );
      for (const [name, query] of QUESTIONS.filter(([name]) =>
        /^(accessPaths|whoCan|exposureR|lingering)/.test(name),
      )) {
        const { errors } = await service.ask(query);
        expect([name, errors[0]?.extensions]).toMatchObject([
          name,
          { code: 'LIMIT_EXCEEDED', limit: 'expansions', value: 2 },
        ]);
      }
    } finally {
      await service.stop();
    }
  });
});
