import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR, many } from '../company.js';
import { at, NOW, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

const ALONE = {
  source: { id: 'alone:acme', syncedAt: NOW },
  mode: 'full',
  entities: [
    { kind: 'Account', id: 'alone:bot', name: 'bot' },
    { kind: 'Account', id: 'alone:old', name: 'old', status: 'DISABLED' },
  ],
  relationships: [],
};

describe('people', () => {
  test('are ranked by how much they can still use', async () => {
    const data = await service.data(`{ exposureRanking { totalCount revision
      nodes { human { id status } exposed highestPermission } } }`);
    expect(data).toEqual({
      exposureRanking: {
        totalCount: 2,
        revision: '2',
        nodes: [
          { human: { id: 'hr:ada', status: 'ACTIVE' }, exposed: 8, highestPermission: 'WRITE' },
          { human: { id: 'hr:cleo', status: 'LEFT' }, exposed: 3, highestPermission: 'ADMIN' },
        ],
      },
    });
  });

  test('are ranked by what would stop, or be left alone, without them', async () => {
    const ranked = (by: string) =>
      service.data(`{ exposureRanking(by: ${by}) { nodes { human { id } continuity orphans } } }`);
    const ada = { human: { id: 'hr:ada' }, continuity: 1, orphans: 2 };
    expect(await ranked('CONTINUITY')).toEqual({ exposureRanking: { nodes: [ada] } });
    expect(await ranked('ORPHANS')).toEqual({ exposureRanking: { nodes: [ada] } });
    const pages = await service.data(
      `{ exposureRanking(by: ORPHANS, first: 1) { totalCount pageInfo { endCursor } } }`,
    );
    const after = at(pages, 'exposureRanking.pageInfo.endCursor');
    expect(await service.code(`{ exposureRanking(by: CONTINUITY, after: "${after}") { totalCount } }`)).toBe(
      'BAD_INPUT',
    );
  });

  test('have accounts, and accounts without people are found', async () => {
    const running = await TestService.start({}, [HR, CODE, ALONE]);
    try {
      const headers = { 'tendril-at-least-revision': '3' };
      const data = await running.data('{ unlinkedAccounts { totalCount nodes { id } } }', { headers });
      expect(data).toEqual({ unlinkedAccounts: { totalCount: 1, nodes: [{ id: 'alone:bot' }] } });
    } finally {
      await running.stop();
    }
  });

  test('who left and can still use something linger', async () => {
    const data = await service.data(
      '{ lingeringAccess { nodes { human { id } exposed highestPermission } } }',
    );
    expect(data).toEqual({
      lingeringAccess: { nodes: [{ human: { id: 'hr:cleo' }, exposed: 3, highestPermission: 'ADMIN' }] },
    });
  });

  test('are counted anew for a new state', async () => {
    const running = await TestService.start({}, [HR, CODE]);
    try {
      const exposed = async (revision: number) => {
        const headers = { 'tendril-at-least-revision': String(revision) };
        const data = await running.data('{ exposureRanking { nodes { exposed } } }', { headers });
        return at(data, 'exposureRanking.nodes.0');
      };
      expect(await exposed(2)).toEqual({ exposed: 8 });
      expect(await exposed(await running.import(many(5)))).toEqual({ exposed: 13 });
    } finally {
      await running.stop();
    }
  });

  test('are counted anew when a token has expired, and only then', async () => {
    const expiring = {
      source: { id: 'x:acme', syncedAt: NOW },
      mode: 'full',
      entities: [
        { kind: 'Token', id: 'x:token', name: 't', expiresAt: '2026-06-01T12:00:01.000Z' },
        { kind: 'Account', id: 'x:cleo', name: 'cleo' },
      ],
      relationships: [
        { type: 'HAS_ACCOUNT', from: { humanEmail: 'cleo@acme.example' }, to: 'x:cleo' },
        { type: 'ISSUED', from: 'x:cleo', to: 'x:token' },
      ],
    };
    const running = await TestService.start({}, [HR, expiring]);
    try {
      const { clock, aggregates, graphs } = running.tendril;
      const start = clock.now();
      const exposed = async (now: number) => {
        Object.assign(clock, { now: () => now });
        const data = await running.data(`{ lingeringAccess { nodes { exposed } } overview { lingering } }`);
        return at(data, 'lingeringAccess.nodes.0.exposed');
      };
      const seen: unknown[] = [];
      for (const millis of [0, 999, 1000]) seen.push(await exposed(start + millis));
      expect(seen).toEqual([2, 2, 1]);
      // Weeks later nothing else has expired, and nothing is counted again.
      const aggregateAt = async (now: number) => {
        const { whole } = await graphs.current(now);
        return aggregates.of(whole!, { atLeast: 0, signal: new AbortController().signal });
      };
      const counted = await aggregateAt(start + 1000);
      expect(await aggregateAt(start + 10 * 86_400_000)).toBe(counted);
    } finally {
      await running.stop();
    }
  });
});

describe('unowned and overview', () => {
  test('unowned are live things that nobody live answers for', async () => {
    const ids = async (args: string) =>
      (
        at(await service.data(`{ unowned${args} { nodes { id } } }`), 'unowned.nodes') as { id: string }[]
      ).map(({ id }) => id);
    expect(await ids('')).toEqual(['code:docs', 'code:repo', 'code:runner', 'code:secret', 'code:team']);
    expect(await ids('(kinds: [GROUP, SECRET])')).toEqual(['code:secret', 'code:team']);
  });

  test('the overview counts by kind, status and source', async () => {
    const data =
      await service.data(`{ overview { revision byKind { kind count live } byStatus { status count }
      bySource { source { id } entities } lingering unowned staleSources { id } } }`);
    expect(data).toEqual({
      overview: {
        revision: '2',
        byKind: [
          ['HUMAN', 5, 3],
          ['ACCOUNT', 2, 1],
          ['GROUP', 1, 1],
          ['SERVICE_IDENTITY', 1, 1],
          ['APP', 1, 1],
          ['GRANT', 1, 1],
          ['TOKEN', 3, 3],
          ['SECRET', 1, 1],
          ['JOB', 1, 1],
          ['RESOURCE', 2, 2],
        ].map(([kind, count, live]) => ({ kind, count, live })),
        byStatus: [
          { status: 'ACTIVE', count: 15 },
          { status: 'LEFT', count: 2 },
          { status: 'DISABLED', count: 1 },
        ],
        bySource: [
          { source: { id: 'code:acme' }, entities: 13 },
          { source: { id: 'hr:acme' }, entities: 5 },
        ],
        lingering: 1,
        unowned: 5,
        staleSources: [{ id: 'code:acme' }, { id: 'hr:acme' }],
      },
    });
  });

  test('the overview tells statuses of one kind apart, and expired tokens', async () => {
    const rare = {
      source: { id: 'rare:acme', syncedAt: NOW },
      mode: 'full',
      entities: [
        { kind: 'Human', id: 'rare:h', name: 'h', status: 'LEAVING' },
        { kind: 'Job', id: 'rare:j', name: 'j', status: 'SUSPENDED' },
        { kind: 'Secret', id: 'rare:s', name: 's', status: 'ROTATION_REQUIRED' },
        { kind: 'Token', id: 'rare:t', name: 't', expiresAt: NOW },
        { kind: 'Token', id: 'rare:r', name: 'r', status: 'REVOKED' },
      ],
      relationships: [],
    };
    const running = await TestService.start({}, [rare]);
    try {
      const data = await running.data(
        '{ overview { byStatus { status count } } token: entity(id: "rare:t") { status live } }',
      );
      expect(data).toEqual({
        overview: {
          byStatus: ['LEAVING', 'SUSPENDED', 'REVOKED', 'ROTATION_REQUIRED', 'EXPIRED'].map((status) => ({
            status,
            count: 1,
          })),
        },
        token: { status: 'EXPIRED', live: false },
      });
    } finally {
      await running.stop();
    }
  });

  test('sources say how fresh they are', async () => {
    const data = await service.data(
      '{ sources { id vendor name actuation reports lastSync lastFullSync stale } }',
    );
    expect(at(data, 'sources.1')).toEqual({
      id: 'hr:acme',
      vendor: 'hr',
      name: 'People',
      actuation: 'MANUAL',
      reports: ['HAS_ACCOUNT', 'Human', 'OWNS'],
      lastSync: '2026-01-01T00:00:00.000Z',
      lastFullSync: '2026-01-01T00:00:00.000Z',
      stale: true,
    });
  });
});
