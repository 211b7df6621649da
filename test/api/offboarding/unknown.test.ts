import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/model/roles.js';
import { departure } from '../../offboarding/execute/departure.js';
import { until } from '../../support/until.js';
import { at, NOW, TestService } from '../service.js';

/** What nobody looked for: `paper` reports accounts only, and every source was read long ago by this clock. */
const SEEN =
  'blindSpots { account { id } source { id } missing because } coverage { source { id } lastSync stale }';
const BLIND = {
  blindSpots: [
    { account: { id: 'team' }, source: { id: 'paper' }, missing: ['Token', 'Grant', 'Job'], because: null },
  ],
  coverage: ['hr', 'it', 'paper'].map((id) => ({
    source: { id },
    lastSync: '2026-05-20T00:00:00.000Z',
    stale: true,
  })),
};

let service: TestService;
let id: unknown;
let planHash: unknown;

async function does(role: Role, mutation: string, input: object, fields = 'offboarding { id planHash }') {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${fields} } }`;
  return at(await service.data(query, { role, variables: { input } }), 'it') as Record<string, unknown>;
}

const asked = async (query: string, role: Role = 'AUDITOR') =>
  at(await service.data(`query ($id: ID!) { it: ${query} }`, { role, variables: { id } }), 'it');

beforeAll(async () => {
  const read = JSON.stringify(departure()).replaceAll('2026-11-20T', '2026-05-20T');
  service = await TestService.start({}, JSON.parse(read) as unknown[]);
  const made = await does('PLANNER', 'planOffboarding', { human: 'ada', reason: 'x' });
  id = at(made, 'offboarding.id');
  planHash = at(made, 'offboarding.planHash');
});
afterAll(() => service.stop());

describe('what nobody looked for goes along', () => {
  test('with the plan, by which clock it was made, and with its approval', async () => {
    expect(await asked(`offboarding(id: $id) { clock ${SEEN} }`)).toEqual({ clock: 'FIXED', ...BLIND });
    await does('APPROVER', 'approvePlan', { offboarding: id, planHash, reason: 'fine' });
    const events = 'auditEvents(filter: { case: $id, types: ["CASE_APPROVED"] }) { nodes { after } }';
    expect(at(await asked(events), 'nodes.0.after.unknown')).toEqual([
      { account: 'team', source: 'paper', missing: ['Token', 'Grant', 'Job'], because: null, since: null },
      ...['hr', 'it', 'paper'].map((source) => ({
        ...{ account: null, source, missing: [], because: null },
        since: '2026-05-20T00:00:00.000Z',
      })),
    ]);
  });

  test('with the verification, also of accounts that the case took away, and with the evidence', async () => {
    await does('OPERATOR', 'executeOffboarding', { offboarding: id, planHash });
    const state = async () => at(await asked('offboarding(id: $id) { state }'), 'state');
    await until(state, (now) => now === 'VERIFIED');
    const found = await asked(
      `offboarding(id: $id) { ${SEEN} verification { ${SEEN} } residual { nodes { kind entityId } } }`,
    );
    expect(found).toMatchObject({ ...BLIND, verification: BLIND });
    expect(at(found, 'residual.nodes')).toContainEqual({ kind: 'NOTED', entityId: 'team' });
    const evidence = await asked(`evidence(offboarding: $id) { ${SEEN} html }`);
    expect(evidence).toMatchObject(BLIND);
    expect(at(evidence, 'html')).toContain(`FIXED by TENDRIL_CLOCK, at ${NOW} when it was planned`);
  });

  test('with the preview of one thing, where an account stands behind it', async () => {
    const preview = await service.data(`{ it: previewRevocation(target: "team") { ${SEEN} } }`, {
      role: 'PLANNER',
    });
    expect(at(preview, 'it')).toEqual(BLIND);
  });
});
