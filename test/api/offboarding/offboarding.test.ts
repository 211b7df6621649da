import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/model/roles.js';
import { departure } from '../../offboarding/execute/departure.js';
import { until } from '../../support/until.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  // The company was read before the moment that the service runs at.
  const read = JSON.stringify(departure()).replaceAll('2026-11-20T', '2026-05-20T');
  service = await TestService.start({}, JSON.parse(read) as unknown[]);
});
afterAll(() => service.stop());

/** One mutation of a case; gives what it answers. */
async function does(role: Role, mutation: string, input: object, fields = 'id state planHash') {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { revision offboarding { ${fields} } } }`;
  return at(await service.data(query, { role, variables: { input } }), 'it.offboarding') as Record<
    string,
    unknown
  >;
}

async function refused(role: Role, mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { revision } }`;
  const { errors } = await service.ask(query, { role, variables: { input } });
  return errors[0]?.extensions ?? { code: 'NONE' };
}

/** Asks for a case until it is in one of the states. */
function untilIn(id: unknown, states: readonly string[]): Promise<string> {
  const query = 'query ($id: ID!) { offboarding(id: $id) { state } }';
  const ask = async () => String(at(await service.data(query, { variables: { id } }), 'offboarding.state'));
  return until(ask, (state) => states.includes(state));
}

const ALL = `id kind human { id } target { id } state because mode planHash evaluatedAt lastWorkingDay successor { id }
  plannedBy { subject signedInBy at reason } approvedBy { subject } executedBy { subject } cancelledBy { subject }
  needsApproval revision policyHash assurance begun wakeAt endedAt
  decisions { totalCount nodes { entity { id } action rule guard overriddenBy { subject } reason follows choices successor { id } managedIdentity } }
  needsDecision { nodes { id } } downtime { nodes { id } }
  actions(first: 1000) { totalCount nodes { id phase position kind entity { id } entityId source { id }
    because { path { from { id } relationship { type } to { id } } }
    state proof proofReference attempts lastError notBefore idempotencyKey dependsOn details changes
    waiver { owner until reason by } sweep requestedAt settledAt } }
  residual { nodes { entity { id } entityId kind why since until owner action because { path { to { id } } } } }
  prediction { exposure { nodes { id } } broken { nodes { id } } accepted { nodes { id } } unexpected { nodes { id } } }
  verification { at revision checks { invariant holds evidence against } }
  report { before { revision asOf complete exposure { totalCount nodes { path { to { id } } } } blindSpots { missing } coverage { source { id } } }
    after { revision exposure { totalCount } } departure approvals { subject reason } actions(first: 3) { nodes { id proof } } waivers { totalCount }
    residual { totalCount } removals { nodes { at seconds action { kind } } } secondsToLastRemoval }`;

const whole = async (id: unknown) =>
  at(
    await service.data(`query ($id: ID!) { offboarding(id: $id) { ${ALL} } }`, { variables: { id } }),
    'offboarding',
  ) as Record<string, unknown>;

describe('a person leaves, over GraphQL', () => {
  let id: unknown;
  let planHash: unknown;

  test('is planned, with a path for what is done', async () => {
    const one = await does('PLANNER', 'planOffboarding', {
      human: 'Ada@acme.example',
      mode: 'CONTINUITY_FIRST',
      reason: 'Ada leaves',
    });
    ({ id, planHash } = one);
    expect(one).toEqual({ id: expect.stringMatching(/^tendril\/case\//), state: 'IN_REVIEW', planHash });
    const all = await whole(id);
    expect(all).toMatchObject({
      kind: 'OFFBOARDING',
      human: { id: 'ada' },
      successor: { id: 'bea' },
      report: null,
    });
    const actions = at(all, 'actions.nodes') as Record<string, unknown>[];
    expect(actions.map(({ state }) => state)).toEqual(actions.map(() => 'PENDING'));
    const key = actions.find((action) => action.id === '3/REVOKE_TOKEN/key');
    const path = at(key, 'because.path') as { from: { id: string }; to: { id: string } }[];
    expect(path.map(({ from, to }) => [from.id, to.id])).toEqual([
      ['ada', 'login'],
      ['login', 'key'],
    ]);
    expect(at(key, 'entity.id')).toBe('key');
    expect(at(all, 'prediction.exposure.nodes')).toEqual([]);
  });

  test('a second plan, and who may not, are refused with what to look at', async () => {
    expect(await refused('PLANNER', 'planOffboarding', { human: 'ada', reason: 'again' })).toEqual({
      code: 'CONFLICT',
      offboarding: id,
    });
    const approve = { offboarding: id, planHash, reason: 'fine' };
    expect(await refused('PLANNER', 'approvePlan', approve)).toEqual({ code: 'FORBIDDEN' });
    expect(await refused('APPROVER', 'approvePlan', { ...approve, planHash: 'f'.repeat(64) })).toMatchObject({
      code: 'PLAN_STALE',
      changes: [],
    });
    const execute = { offboarding: id, planHash };
    expect(await refused('OPERATOR', 'executeOffboarding', execute)).toMatchObject({ code: 'CONFLICT' });
    expect(await refused('OPERATOR', 'executeOffboarding', { ...execute, offboarding: 'x' })).toEqual({
      code: 'NOT_FOUND',
    });
  });

  test('a decision of a person gives another plan, and names them', async () => {
    const decided = await does(
      'PLANNER',
      'decide',
      { offboarding: id, entity: 'reader', action: 'REHOME', reason: 'no' },
      'id planHash',
    ).catch((error: Error) => error.message);
    expect(JSON.stringify(decided)).toContain('BAD_INPUT');
    const one = await does(
      'PLANNER',
      'decide',
      { offboarding: id, entity: 'report', action: 'RETIRE', reason: 'nobody reads it' },
      `${ALL}`,
    );
    expect(one.planHash).not.toBe(planHash);
    const report = (at(one, 'decisions.nodes') as Record<string, unknown>[]).find(
      (row) => at(row, 'entity.id') === 'report',
    );
    expect(report).toMatchObject({
      action: 'RETIRE',
      rule: null,
      overriddenBy: { subject: 'planner' },
      reason: 'nobody reads it',
    });
    const choices = (at(one, 'decisions.nodes') as Record<string, unknown>[]).map((row) => [
      at(row, 'entity.id'),
      row.choices,
    ]);
    expect(Object.fromEntries(choices)).toMatchObject({
      payroll: ['REHOME', 'RETIRE'],
      report: ['TRANSFER', 'RETIRE'],
    });
    const again = await does('PLANNER', 'replan', { offboarding: id, successor: 'bea', reason: 'again' });
    planHash = again.planHash;
    expect(again.state).toBe('IN_REVIEW');
  });

  test('is approved by another, executed, verified and reported', async () => {
    const admin = { offboarding: id, planHash, reason: 'fine' };
    const approved = await does('APPROVER', 'approvePlan', admin, 'state approvedBy { subject reason }');
    expect(approved).toEqual({ state: 'APPROVED', approvedBy: { subject: 'approver', reason: 'fine' } });
    const begun = await does('OPERATOR', 'executeOffboarding', { offboarding: id, planHash });
    expect(begun.state).toBe('EXECUTING');
    expect(await untilIn(id, ['VERIFIED', 'INCOMPLETE', 'WAITING'])).toBe('VERIFIED');
    const all = await whole(id);
    expect(all.assurance).toBe('SIMULATED');
    const checks = at(all, 'verification.checks') as { invariant: string; holds: boolean }[];
    expect(checks.map(({ invariant, holds }) => `${invariant} ${holds}`)).toEqual(
      ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'].map((name) => `${name} true`),
    );
    const actions = at(all, 'actions.nodes') as Record<string, unknown>[];
    expect(new Set(actions.map(({ state }) => state))).toEqual(new Set(['DONE']));
    expect(at(all, 'report')).toMatchObject({
      approvals: [{ subject: 'approver', reason: 'fine' }],
      waivers: { totalCount: 0 },
      // All sources only pretend: nothing was removed.
      secondsToLastRemoval: null,
      before: { revision: all.revision, complete: true, asOf: all.evaluatedAt },
      after: { revision: at(all, 'verification.revision'), exposure: { totalCount: 0 } },
    });
    const reached = (at(all, 'report.before.exposure.nodes') as { path: { to: { id: string } }[] }[]).map(
      ({ path }) => path.at(-1)?.to.id,
    );
    expect(at(all, 'report.before.exposure.totalCount')).toBe(reached.length);
    expect(reached).toContain('key');
    expect(await refused('OPERATOR', 'resumeOffboarding', { offboarding: id })).toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('is one of the cases, by state and by page', async () => {
    const other = await does('PLANNER', 'planOffboarding', { human: 'bea', reason: 'too' });
    const list = (args: string) =>
      service.data(
        `{ it: offboardings(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } }`,
      );
    // Cases that are made in the same millisecond, as while the clock stands still, have no order in time.
    const [one, two] = [id, other.id].map(String).sort();
    const first = await list('first: 1');
    expect(first).toMatchObject({
      it: { totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [{ id: one }] },
    });
    const after = at(first, 'it.pageInfo.endCursor');
    expect(await list(`first: 1, after: "${after}"`)).toMatchObject({
      it: { pageInfo: { hasNextPage: false }, nodes: [{ id: two }] },
    });
    expect(await list('states: [VERIFIED]')).toMatchObject({ it: { totalCount: 1, nodes: [{ id }] } });
    const gone = await does('PLANNER', 'cancelOffboarding', { offboarding: other.id, reason: 'she stays' });
    expect(gone.state).toBe('CANCELLED');
  });
});
