import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

/** Workloads that do not work, or will not: by a person who left, by a key that expires twice, by themselves. */
const OPS = {
  source: { id: 'ops:acme', syncedAt: '2026-01-01T00:00:00.000Z' },
  mode: 'full',
  entities: [
    { kind: 'ServiceIdentity', id: 'ops:bot', name: 'bot' },
    { kind: 'Job', id: 'ops:sync', name: 'sync' },
    { kind: 'App', id: 'ops:site', name: 'site' },
    { kind: 'App', id: 'ops:over', name: 'over', status: 'RETIRED' },
    { kind: 'Token', id: 'ops:key', name: 'key', expiresAt: '2026-06-11T00:00:00.000Z' },
    { kind: 'Job', id: 'ops:mail', name: 'mail' },
  ],
  relationships: [
    { type: 'OWNS', from: 'hr:cleo', to: 'ops:bot', sustains: true },
    { type: 'RUNS_AS', from: 'ops:sync', to: 'ops:bot' },
    { type: 'DEPENDS_ON', from: 'ops:site', to: 'ops:sync' },
    { type: 'USES', from: 'ops:mail', to: 'ops:key' },
  ],
};

const HOW = `working stopsAt
  brokenBy { length steps { from { id } relationship { type } to { id } } }
  stopsBy { steps { from { id } relationship { type } to { id } } }`;

const step = (from: string, type: string, to: string) => ({
  from: { id: from },
  relationship: { type },
  to: { id: to },
});

describe.each(['memory', 'store'] as const)('workloads, with the graph in the %s', (index) => {
  let service: TestService;
  /** What is asked about all workloads is of this state, and of none before it. */
  let seen: { headers: Record<string, string> };
  beforeAll(async () => {
    service = await TestService.start({ index }, [HR, CODE, OPS]);
    const { revision } = await service.tendril.store.head();
    seen = { headers: { 'tendril-at-least-revision': String(revision) } };
  });
  afterAll(() => service.stop());

  test('say whether they work, by what they do not, and when they will not', async () => {
    const data = await service.data(`{
      sync: entity(id: "ops:sync") { ... on Job { ${HOW} } }
      site: entity(id: "ops:site") { ... on App { ${HOW} } }
      over: entity(id: "ops:over") { ... on Workload { criticality ${HOW} } }
      mail: entity(id: "ops:mail") { ... on Workload { ${HOW} } }
      app: entity(id: "code:app") { ... on App { ${HOW} } }
    }`);
    const runs = [step('hr:cleo', 'OWNS', 'ops:bot'), step('ops:bot', 'RUNS_AS', 'ops:sync')];
    const notWorking = { working: false, stopsAt: null, stopsBy: null };
    expect(data).toEqual({
      sync: { ...notWorking, brokenBy: { length: 2, steps: runs } },
      site: {
        ...notWorking,
        brokenBy: { length: 3, steps: [...runs, step('ops:sync', 'DEPENDS_ON', 'ops:site')] },
      },
      over: { ...notWorking, criticality: 'UNKNOWN', brokenBy: { length: 0, steps: [] } },
      mail: {
        working: true,
        brokenBy: null,
        stopsAt: '2026-06-11T00:00:00.000Z',
        stopsBy: { steps: [step('ops:key', 'USES', 'ops:mail')] },
      },
      app: { working: true, brokenBy: null, stopsAt: null, stopsBy: null },
    });
  });

  test('are listed: what does not work now by id, then what will not, the first first', async () => {
    const data = await service.data(`{ broken { totalCount nodes { id working stopsAt } } }`, seen);
    expect(data).toEqual({
      broken: {
        totalCount: 4,
        nodes: [
          { id: 'ops:site', working: false, stopsAt: null },
          { id: 'ops:sync', working: false, stopsAt: null },
          { id: 'ops:mail', working: true, stopsAt: '2026-06-11T00:00:00.000Z' },
          { id: 'code:job', working: true, stopsAt: '2027-01-01T00:00:00.000Z' },
        ],
      },
    });
    const page = await service.data('{ broken(first: 1) { nodes { id } pageInfo { endCursor } } }', seen);
    const after = at(page, 'broken.pageInfo.endCursor');
    const next = await service.data(`{ broken(first: 2, after: "${after}") { nodes { id } } }`, seen);
    expect(at(next, 'broken.nodes')).toEqual([{ id: 'ops:sync' }, { id: 'ops:mail' }]);
  });

  test('that stop soon by what expires need attention', async () => {
    const data = await service.data(
      '{ attention(kinds: [WORKLOAD_STOPS]) { nodes { entityId since why } } }',
    );
    expect(data).toEqual({
      attention: {
        nodes: [
          {
            entityId: 'ops:mail',
            since: '2026-05-28T00:00:00.000Z',
            why: expect.stringContaining('from 2026-06-11T00:00:00.000Z on, because ops:key expires.'),
          },
        ],
      },
    });
    expect(await service.data('{ attention(kinds: [CASE_STUCK]) { totalCount } }')).toEqual({
      attention: { totalCount: 0 },
    });
  });

  test('worked at a moment before', async () => {
    const then = await service.data(
      `{ then: entity(id: "ops:mail", asOf: "2026-07-01") { ... on Job { ${HOW} } } }`,
    );
    expect(at(then, 'then.working')).toBe(false);
    expect(at(then, 'then.brokenBy.steps.0.from.id')).toBe('ops:key');
  });
});
