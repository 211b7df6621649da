import { describe, expect, test } from '@jest/globals';
import { collect, countBy, type Edge, longestChain } from './support.js';

const { entities, kinds, edges } = collect({ humans: 2000, seed: 3 });
const byId = new Map(entities.map((entity) => [entity.id, entity]));
const ofType = (type: string) => edges.filter((edge) => edge.type === type);
const sorted = (counts: Map<string, number>) => [...counts.values()].sort((a, b) => a - b);
const kindOf = ({ from, to }: Edge) => `${kinds.get(from)} ${kinds.get(to)}`;

describe('a company has the shapes that real ones have', () => {
  test('a few groups are very large, most are small', () => {
    const sizes = sorted(countBy(ofType('MEMBER_OF'), ({ to }) => to));
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    expect(sizes.at(-1)).toBeGreaterThan(20 * median);
    expect(median).toBeGreaterThan(1);
  });

  test('one app has a good share of a system’s consents, and most apps have few', () => {
    const consents = ofType('TO_APP').filter(({ from }) => from.startsWith('google:halden/grant/'));
    const sizes = sorted(countBy(consents, ({ to }) => to));
    expect((sizes.at(-1) ?? 0) / consents.length).toBeGreaterThan(0.12);
    expect((sizes[Math.floor(sizes.length / 2)] ?? 0) / consents.length).toBeLessThan(0.02);
  });

  test('groups nest, up to five deep', () => {
    const nested = ofType('MEMBER_OF').filter((edge) => kindOf(edge) === 'Group Group');
    expect(longestChain(nested)).toBe(5);
  });

  test('everybody but one reports to somebody, and all to the same person in the end', () => {
    const reports = ofType('REPORTS_TO');
    expect(new Set(reports.map(({ from }) => from)).size).toBe(1999);
    expect(reports).toHaveLength(1999);
    expect(longestChain(reports)).toBeGreaterThan(3);
  });

  test('one in fifty has left, and some of their accounts still issue living tokens', () => {
    const left = new Set(entities.filter(({ status }) => status === 'LEFT').map(({ id }) => id));
    expect(left.size / 2000).toBeCloseTo(0.02, 2);
    const accounts = new Set(
      ofType('HAS_ACCOUNT')
        .filter(({ from }) => left.has(from))
        .map(({ to }) => to),
    );
    expect([...accounts].some((id) => byId.get(id)?.status === 'DISABLED')).toBe(true);
    const issued = ofType('ISSUED').filter(({ from }) => accounts.has(from));
    expect(issued.some(({ to }) => byId.get(to)?.status !== 'REVOKED')).toBe(true);
  });

  test('expiry times lie on both sides of the moment of reading', () => {
    const times = entities.flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [String(expiresAt)]));
    const past = times.filter((time) => time < '2026-11-01T00:00:00.000Z').length;
    expect(past / times.length).toBeGreaterThan(0.05);
    expect(past / times.length).toBeLessThan(0.5);
  });

  test('things of every kind but humans and secrets have ended', () => {
    const ended = new Set(
      entities
        .filter(({ status }) => ['DISABLED', 'RETIRED', 'REVOKED', 'SUSPENDED'].includes(String(status)))
        .map(({ kind }) => kind),
    );
    expect([...ended].sort()).toEqual([
      'Account',
      'App',
      'Grant',
      'Group',
      'Job',
      'Resource',
      'ServiceIdentity',
      'Token',
    ]);
  });

  test.each([
    ['HAS_SECRET', 'Resource Secret', 100],
    ['USES', 'Job Secret', 100],
    ['USES', 'Job Grant', 20],
    ['USES', 'Job Token', 10],
    ['COPY_OF', 'Secret Secret', 50],
    ['CAN_ASSUME', 'Resource ServiceIdentity', 50],
    ['CAN_ASSUME', 'Account Account', 3],
    ['CREDENTIAL_OF', 'Token ServiceIdentity', 50],
    ['CREDENTIAL_OF', 'Secret Account', 10],
    ['DELEGATED_TO', 'Token Token', 100],
    ['KNOWS', 'Human Secret', 20],
    ['STORED_IN', 'Token Secret', 100],
    ['RUNS_AS', 'Job ServiceIdentity', 50],
    ['CAN_ACCESS', 'Group Resource', 100],
    ['OWNS', 'Human Account', 3],
  ])('%s from %s is there at least %i times', (type, pair, least) => {
    expect(ofType(type).filter((edge) => kindOf(edge) === pair).length).toBeGreaterThanOrEqual(Number(least));
  });

  test('scripts and flows are defined somewhere (mapping: "Script, flow, zap on a connection")', () => {
    const flows = entities.filter(({ jobType }) => jobType === 'SCRIPT' || jobType === 'WORKFLOW');
    const defined = new Set(ofType('DEFINED_IN').map(({ from }) => from));
    expect(flows.length).toBeGreaterThan(20);
    expect(flows.filter(({ id }) => !defined.has(id))).toEqual([]);
  });

  test('some accounts are shared, some are not the company’s to disable', () => {
    const holders = sorted(countBy(ofType('HAS_ACCOUNT'), ({ to }) => to));
    expect(holders.filter((count) => count > 1).length).toBeGreaterThan(10);
    expect(
      entities.filter(({ managed, kind }) => kind === 'Account' && managed === false).length,
    ).toBeGreaterThan(30);
  });

  test('ends are named in both ways', () => {
    const byAddress = edges.filter(({ row }) => typeof row.from !== 'string').length;
    expect(byAddress).toBeGreaterThan(2000);
    expect(byAddress).toBeLessThan(edges.length / 2);
  });
});
