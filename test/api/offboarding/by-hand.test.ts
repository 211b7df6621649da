import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/model/roles.js';
import { departure, entity } from '../../offboarding/execute/departure.js';
import { until } from '../../support/until.js';
import { at, TestService } from '../service.js';

let service: TestService;
let id: unknown;

async function does(role: Role, mutation: string, input: object, fields = 'id state planHash') {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { offboarding { ${fields} } } }`;
  return service.ask(query, { role, variables: { input } });
}

interface ByHand {
  readonly id: string;
  readonly state: string;
  readonly proof: string | null;
  readonly proofReference: string | null;
  readonly waiver: { readonly owner: string; readonly by: string } | null;
}

/** The actions that only a person can do. */
async function byHand(): Promise<readonly ByHand[]> {
  const fields = 'id state proof proofReference waiver { owner by } source { id }';
  const query = `query ($id: ID!) { it: offboarding(id: $id) { actions(first: 1000) { nodes { ${fields} } } } }`;
  const found = await service.data(query, { variables: { id } });
  return (at(found, 'it.actions.nodes') as (ByHand & { source: { id: string } })[]).filter(
    ({ source }) => source.id === 'paper',
  );
}

/** Asks for the case until something is so. */
function untilCase(holds: (one: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  const fields = `state because assurance wakeAt residual { nodes { kind entityId owner until action } }
    report { waivers { nodes { id waiver { owner until reason by } } } }`;
  const query = `query ($id: ID!) { it: offboarding(id: $id) { ${fields} } }`;
  const ask = async () =>
    at(await service.data(query, { variables: { id } }), 'it') as Record<string, unknown>;
  return until(ask, holds);
}

/** The page of evidence, as an auditor reads it. */
async function page(): Promise<unknown> {
  const query = 'query ($id: ID!) { it: evidence(offboarding: $id) { html } }';
  return at(await service.data(query, { role: 'AUDITOR', variables: { id } }), 'it.html');
}

beforeAll(async () => {
  const gone = {
    source: { id: 'old', name: 'old', syncedAt: '2026-11-20T00:00:00.000Z' },
    mode: 'full',
    entities: [entity('Human', 'cy', { status: 'LEFT' })],
    relationships: [],
  };
  const read = JSON.stringify([...departure({ it: 'SIMULATED', paper: 'MANUAL' }), gone]);
  service = await TestService.start(
    {},
    JSON.parse(read.replaceAll('2026-11-20T', '2026-05-20T')) as unknown[],
  );
  const planned = at(
    (await does('PLANNER', 'planOffboarding', { human: 'ada', reason: 'x' })).data,
    'it.offboarding',
  );
  id = at(planned, 'id');
  const planHash = at(planned, 'planHash');
  await does('APPROVER', 'approvePlan', { offboarding: id, planHash, reason: 'fine' });
  await does('OPERATOR', 'executeOffboarding', { offboarding: id, planHash });
});
afterAll(() => service.stop());

const RESET = '6/RESET_SIGN_IN/team';
const END = '6/END_RELATIONSHIP/team';
const codeOf = async (asked: ReturnType<typeof does>) => (await asked).errors[0]?.extensions.code;

describe('what only a person can do', () => {
  test('waits for them, and says what it waits for', async () => {
    const waiting = await untilCase(({ state }) => state === 'WAITING');
    expect(waiting.because).toContain('2 to be done and attested by a person');
    expect((await byHand()).map(({ id: action, state }) => `${action} ${state}`)).toEqual([
      `${END} WAITING_FOR_PERSON`,
      `${RESET} WAITING_FOR_PERSON`,
    ]);
  });

  test('is waived by who had no part in the plan, for somebody who is there and until a time to come', async () => {
    const waiver = {
      offboarding: id,
      action: RESET,
      owner: 'Bea@acme.example',
      until: '2026-07-01T00:00:00.000Z',
      reason: 'the vendor is closed',
    };
    expect(await codeOf(does('OPERATOR', 'waive', waiver))).toBe('FORBIDDEN');
    for (const wrong of [
      { owner: 'cy' },
      { owner: 'ada' },
      { owner: 'key' },
      { until: '2026-05-01T00:00:00.000Z' },
      { action: 'x' },
    ])
      expect(await codeOf(does('APPROVER', 'waive', { ...waiver, ...wrong }))).toBe('BAD_INPUT');
    expect(await codeOf(does('APPROVER', 'waive', { ...waiver, owner: 'nobody' }))).toBe('NOT_FOUND');
    expect((await does('APPROVER', 'waive', waiver)).errors).toEqual([]);
    const waived = await untilCase(({ report }) => at(report, 'waivers.nodes.0') !== undefined);
    expect(at(waived, 'report.waivers.nodes')).toEqual([
      { id: RESET, waiver: { owner: 'bea', until: waiver.until, reason: waiver.reason, by: 'approver' } },
    ]);
    expect(await page()).toContain('the vendor is closed');
  });

  test('is attested, several at once, with a statement and where it can be seen', async () => {
    const said = {
      offboarding: id,
      actions: [RESET, END],
      statement: 'done in the console',
      evidence: 'OPS-12',
    };
    expect(await codeOf(does('APPROVER', 'attestActions', said))).toBe('FORBIDDEN');
    const unknown = await does('OPERATOR', 'attestActions', { ...said, actions: [END, 'none'] });
    expect(unknown.errors[0]?.extensions).toEqual({ code: 'BAD_INPUT', actions: ['none'] });
    expect(await codeOf(does('OPERATOR', 'attestActions', { ...said, evidence: ' ' }))).toBe('BAD_INPUT');
    expect((await does('OPERATOR', 'attestActions', said)).errors).toEqual([]);
    const done = await untilCase(({ state }) => state === 'VERIFIED' || state === 'INCOMPLETE');
    // All sources were read long ago by the clock of the test: that is noted, and keeps nothing open.
    expect(done).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED' });
    const left = at(done, 'residual.nodes') as { kind: string; entityId: string }[];
    expect(left.map(({ kind, entityId }) => `${kind} ${entityId}`)).toEqual(
      ['hr', 'it', 'old', 'paper', 'team'].map((id) => `NOTED ${id}`),
    );
    expect(await byHand()).toEqual(
      [END, RESET].map((action) =>
        expect.objectContaining({ id: action, state: 'DONE', proof: 'ATTESTED', proofReference: 'OPS-12' }),
      ),
    );
    const events = `query ($id: ID!) { it: auditEvents(filter: { case: $id, types: ["ACTION_DONE"], subject: "operator" }, first: 1000) { nodes { entity reason after } } }`;
    const found = await service.data(events, { role: 'AUDITOR', variables: { id } });
    const attested = (at(found, 'it.nodes') as { reason: string; after: Record<string, unknown> }[]).filter(
      ({ after }) => after.proof === 'ATTESTED',
    );
    expect(attested.map(({ reason, after }) => [reason, after.reference, after.action])).toEqual([
      ['done in the console', 'OPS-12', END],
      ['done in the console', 'OPS-12', RESET],
    ]);
    const told = await page();
    for (const words of ['done in the console', 'OPS-12']) expect(told).toContain(words);
  });
});
