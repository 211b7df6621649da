import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { departure } from '../offboarding/execute/departure.js';
import { until } from '../support/until.js';
import { at, TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  const read = JSON.stringify(departure()).replaceAll('2026-11-20T', '2026-05-20T');
  service = await TestService.start({}, JSON.parse(read) as unknown[]);
});
afterAll(() => service.stop());

const NEXT = 'id planHash next { kind entities { id } choices actions viewerMay }';

async function found(by: string, role: Role = 'VIEWER') {
  const query = `query ($by: ID!) { it: findOffboarding(by: $by) { ${NEXT} } }`;
  return at(await service.data(query, { role, variables: { by } }), 'it') as Record<string, unknown>;
}

const kinds = (offboarding: unknown) =>
  (at(offboarding, 'next') as { kind: string; viewerMay: boolean }[]).map(({ kind, viewerMay }) => [
    kind,
    viewerMay,
  ]);

async function does(role: Role, mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { offboarding { id } } }`;
  return at(await service.data(query, { role, variables: { input } }), 'it.offboarding.id') as string;
}

const VERIFICATION = `query ($id: ID!) { it: offboardingVerification(offboarding: $id) {
  offboarding { state } verified because at revision checks { invariant holds } residual { nodes { entityId kind } }
  blindSpots { account { id } missing } coverage { source { id } stale } } }`;

test('a case is found as people name it, and says what comes next and whether the caller may do it', async () => {
  expect(await service.code('{ findOffboarding(by: "ada") { id } }', { role: 'VIEWER' })).toBe('NOT_FOUND');
  const id = await does('PLANNER', 'planOffboarding', { human: 'ada', reason: 'Ada leaves' });
  const digits = id.slice('tendril/case/'.length);
  for (const by of [id, digits, digits.slice(0, 12), 'ada', 'Ada@acme.example']) {
    expect((await found(by)).id).toBe(id);
  }
  for (const by of ['nobody@acme.example', 'tendril/case/none']) {
    const variables = { by };
    const query = 'query ($by: ID!) { findOffboarding(by: $by) { id } }';
    expect(await service.code(query, { role: 'VIEWER', variables })).toBe('NOT_FOUND');
  }
  const waiting = 'query ($id: ID!) { offboardingVerification(offboarding: $id) { verified } }';
  expect(await service.code(waiting, { role: 'VIEWER', variables: { id } })).toBe('CONFLICT');
  const first = await found('ada', 'APPROVER');
  expect(kinds(first)).toEqual([['APPROVE', true]]);
  expect(kinds(await found('ada', 'PLANNER'))).toEqual([['APPROVE', false]]);
  const { planHash } = first;
  await does('APPROVER', 'approvePlan', { offboarding: id, planHash, reason: 'fine' });
  expect(kinds(await found('ada', 'OPERATOR'))).toEqual([['EXECUTE', true]]);
  await does('OPERATOR', 'executeOffboarding', { offboarding: id, planHash });
  const steps = async () => kinds(await found('ada', 'OPERATOR'));
  await until(steps, (next) => next.length === 0);
  const seen = await service.data(VERIFICATION, { role: 'VIEWER', variables: { id } });
  expect(seen).toMatchObject({
    it: { offboarding: { state: 'VERIFIED' }, verified: true, because: null },
  });
  // Every source was read long ago by the clock of the test: what may have changed since is noted, and keeps nothing open.
  const sources = ['hr', 'it', 'paper'];
  const noted = [...sources, 'team'].map((entityId) => ({ entityId, kind: 'NOTED' }));
  expect(at(seen, 'it.residual.nodes')).toEqual(expect.arrayContaining(noted));
  expect(at(seen, 'it.coverage')).toEqual(sources.map((source) => ({ source: { id: source }, stale: true })));
  expect(at(seen, 'it.blindSpots')).toContainEqual({
    account: { id: 'team' },
    missing: ['Token', 'Grant', 'Job'],
  });
  expect((at(seen, 'it.checks') as { holds: boolean }[]).map(({ holds }) => holds)).toEqual(
    Array(7).fill(true),
  );
});

test('what nobody would take over asks for a successor, and a decision says what may be decided', async () => {
  const id = await does('PLANNER', 'planOffboarding', { human: 'bea', reason: 'too' });
  const next = at(await found(id, 'PLANNER'), 'next') as Record<string, unknown>[];
  expect(next.map(({ kind }) => kind)).toContain('REPLAN');
  for (const { kind, entities, choices } of next) {
    expect((entities as unknown[]).length).toBeGreaterThan(0);
    expect((choices as unknown[]).length > 0).toBe(kind === 'DECIDE');
  }
});
