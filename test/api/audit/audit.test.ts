import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditEvent, eventHash } from '../../../src/model/audit.js';
import { departure } from '../../offboarding/execute/departure.js';
import { at, TestService } from '../service.js';

let service: TestService;
let id: unknown;
beforeAll(async () => {
  const read = JSON.stringify(departure()).replaceAll('2026-11-20T', '2026-05-20T');
  service = await TestService.start({}, JSON.parse(read) as unknown[]);
  const plan =
    'mutation { it: planOffboarding(input: { human: "ada", reason: "Ada leaves" }) { offboarding { id } } }';
  id = at(await service.data(plan, { role: 'PLANNER' }), 'it.offboarding.id');
});
afterAll(() => service.stop());

const events = (args: string, fields = 'type') =>
  service.data(
    `{ it: auditEvents${args} { totalCount pageInfo { hasNextPage endCursor } nodes { ${fields} } } }`,
    {
      role: 'AUDITOR',
    },
  );

describe('the audit log', () => {
  test('says who did what and why, by case, type and subject', async () => {
    const fields =
      'id seq type at revision subject signedInBy requestId reason case entity before after previousHash hash';
    const found = await events(`(filter: { case: "${id}" })`, fields);
    expect(found).toMatchObject({
      it: {
        totalCount: 1,
        nodes: [{ type: 'CASE_PLANNED', subject: 'planner', reason: 'Ada leaves', case: id, entity: 'ada' }],
      },
    });
    expect(await events('(filter: { types: ["CASE_PLANNED"], subject: "nobody" })')).toMatchObject({
      it: { totalCount: 0, nodes: [] },
    });
    expect(await events('(filter: { until: "2020-01-01T00:00:00Z" })')).toMatchObject({
      it: { totalCount: 0 },
    });
  });

  test('is read a page at a time, to its end', async () => {
    const all = at(await events('(first: 1000)', 'id'), 'it.nodes') as { id: string }[];
    const seen: unknown[] = [];
    let after = '';
    for (;;) {
      const page = await events(`(first: 2${after})`, 'id');
      seen.push(...(at(page, 'it.nodes') as unknown[]));
      if (at(page, 'it.pageInfo.hasNextPage') === false) break;
      after = `, after: "${at(page, 'it.pageInfo.endCursor')}"`;
    }
    expect(seen).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  test('is read from its end, and each event as it is chained', async () => {
    const all = at(await events('(first: 1000)', 'seq canonical hash'), 'it.nodes') as unknown[];
    const last = await service.data(
      '{ it: auditEvents(last: 2) { pageInfo { hasNextPage hasPreviousPage startCursor } nodes { seq canonical hash } } }',
      { role: 'AUDITOR' },
    );
    expect(at(last, 'it.nodes')).toEqual(all.slice(-2));
    expect(at(last, 'it.pageInfo')).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await service.data(
      `{ it: auditEvents(last: 1000, before: "${at(last, 'it.pageInfo.startCursor')}") { nodes { seq } } }`,
      { role: 'AUDITOR' },
    );
    expect((at(before, 'it.nodes') as unknown[]).length).toBe(all.length - 2);
    for (const { canonical, hash } of all as { canonical: string; hash: string }[]) {
      const { hash: said, ...event } = JSON.parse(canonical) as AuditEvent;
      expect([said, eventHash(event)]).toEqual([hash, hash]);
    }
  });

  test('has to go through the places that are vouched for', async () => {
    const through = async (hash: string) =>
      at(
        await service.data(
          'query ($through: [AuditPlace!]) { it: auditVerification(through: $through) { valid firstBrokenAt } }',
          { role: 'AUDITOR', variables: { through: [{ seq: 1, hash }] } },
        ),
        'it',
      );
    const hash = at(await events('(first: 1)', 'hash'), 'it.nodes.0.hash') as string;
    expect(await through(hash)).toEqual({ valid: true, firstBrokenAt: null });
    expect(await through('f'.repeat(64))).toEqual({ valid: false, firstBrokenAt: 1 });
  });

  test('verifies', async () => {
    const found = await service.data('{ it: auditVerification { valid events head firstBrokenAt why } }', {
      role: 'AUDITOR',
    });
    const last = at(await events('(first: 1000)', 'seq hash'), 'it.nodes') as { seq: number; hash: string }[];
    expect(found).toEqual({
      it: { valid: true, events: last.length, head: last.at(-1)?.hash, firstBrokenAt: null, why: null },
    });
  });

  test('gives one event by its id to whoever may read it, and cases to all', async () => {
    const asked =
      '{ node(id: "tendril/audit/1") { __typename id } none: node(id: "tendril/audit/99999") { id } }';
    expect(await service.data(asked, { role: 'AUDITOR' })).toEqual({
      node: { __typename: 'AuditEvent', id: 'tendril/audit/1' },
      none: null,
    });
    expect(await service.code(asked, { role: 'VIEWER' })).toBe('FORBIDDEN');
    const cases = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    expect(await service.data(cases, { variables: { ids: [id, 'ada', 'tendril/case/none'] } })).toEqual({
      nodes: [{ __typename: 'Offboarding', id }, { __typename: 'Human', id: 'ada' }, null],
    });
  });
});

describe('what comes with it', () => {
  test('the policy says its rules in sentences and as they are', async () => {
    const found = await service.data(
      '{ it: policy { hash rotateReadable json rules { number name action sentence json } } }',
    );
    const { policy } = service.tendril.policy;
    expect(at(found, 'it.json')).toEqual(policy);
    expect(at(found, 'it.rules.1')).toEqual({
      number: 2,
      name: policy.rules[1]?.name,
      action: 'REHOME',
      sentence:
        'Where its criticality is HIGH or CRITICAL: REHOME, or TRANSFER where it does not stand on the leaver.',
      json: policy.rules[1],
    });
    expect(at(found, 'it.rules.5.sentence')).toBe('Always: REVIEW.');
  });

  test('the policy says which rule decides about a thing, and why the earlier ones do not', async () => {
    const fields = `action rule guard standsOnLeaver why policyHash rules { number matches why }
      entity { id } human { id } because { path { from { id } to { id } } }`;
    const asked = (entity: string) =>
      service.data(`{ it: policyExplanation(entity: "${entity}", human: "Ada@acme.example") { ${fields} } }`);
    const found = at(await asked('payroll'), 'it') as Record<string, unknown>;
    const rules = found.rules as { number: number; matches: boolean; why: string }[];
    expect(found).toMatchObject({
      action: 'REHOME',
      rule: 2,
      guard: null,
      standsOnLeaver: true,
      why: null,
      policyHash: service.tendril.policy.hash,
      human: { id: 'ada' },
    });
    expect(rules.map(({ number, matches }) => [number, matches])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(rules[0]?.why).toContain('UNAPPROVED');
    const path = at(found, 'because.path') as { from: { id: string }; to: { id: string } }[];
    expect([path[0]?.from.id, path.at(-1)?.to.id]).toEqual(['ada', 'payroll']);
    expect(at(await asked('door'), 'it')).toMatchObject({
      action: null,
      rule: null,
      rules: [],
      why: expect.stringContaining('Secret'),
    });
    expect(await service.code('{ policyExplanation(entity: "none", human: "ada") { rule } }')).toBe(
      'NOT_FOUND',
    );
  });

  test('nothing needs attention where nothing was carried out', async () => {
    const asked =
      '{ it: attention { totalCount nodes { kind entityId why because { path { to { id } } } } } }';
    expect(await service.data(asked)).toEqual({ it: { totalCount: 0, nodes: [] } });
  });
});
