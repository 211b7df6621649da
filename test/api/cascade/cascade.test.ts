import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/model/roles.js';
import { departure } from '../../offboarding/execute/departure.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  const read = JSON.stringify(departure()).replaceAll('2026-11-20T', '2026-05-20T');
  service = await TestService.start({}, JSON.parse(read) as unknown[]);
});
afterAll(() => service.stop());

const CASCADE = `cascade { hash revision needsApproval breaks { id }
  steps { phase kind entityId entity { id } because { path { from { id } to { id } } } } }`;
const revoke = (input: string) =>
  `mutation { it: revoke(input: { ${input}, reason: "it leaked" }) { revision ${CASCADE} offboarding { id kind state target { id } } } }`;

describe('one thing at a time', () => {
  test('is previewed alike by the query and by a dry run, and writes nothing', async () => {
    const query = `{ it: previewRevocation(target: "key") { hash breaks { id } steps { kind entityId } } }`;
    const before = await service.tendril.store.head();
    const shown = await service.data(query, { role: 'PLANNER' });
    const dry = await service.data(revoke('target: "key", dryRun: true'), { role: 'PLANNER' });
    expect(at(dry, 'it.cascade.hash')).toBe(at(shown, 'it.hash'));
    expect(at(shown, 'it.breaks')).toEqual([{ id: 'payroll' }]);
    const steps = at(shown, 'it.steps') as { kind: string; entityId: string }[];
    const revoked = steps.filter(({ kind }) => kind === 'REVOKE_TOKEN').map(({ entityId }) => entityId);
    expect(revoked).toEqual(['key', 'child']);
    expect(at(dry, 'it.offboarding')).toBeNull();
    expect(await service.tendril.store.head()).toEqual(before);
  });

  test('says what it is about, where it takes effect, and whether the caller may have it done', async () => {
    const query =
      '{ it: previewRevocation(target: "child") { about { id } successor { id } decisions { action } retires { id } viewerMay steps { source { id actuation } details } } }';
    const shown = async (role: Role) => at(await service.data(query, { role }), 'it');
    expect(await shown('PLANNER')).toMatchObject({
      about: { id: 'child' },
      successor: null,
      decisions: [],
      retires: [],
      viewerMay: false,
      steps: [{ source: { id: 'it', actuation: 'SIMULATED' }, details: expect.any(Object) }],
    });
    expect(await shown('OPERATOR')).toMatchObject({ viewerMay: true });
    const retired = await service.data(
      'mutation { it: retire(input: { entity: "payroll", reason: "x", dryRun: true }) { cascade { decisions { action entity { id } } retires { id } } } }',
      { role: 'PLANNER' },
    );
    expect(at(retired, 'it.cascade')).toEqual({
      decisions: [{ action: 'RETIRE', entity: { id: 'payroll' } }],
      retires: [{ id: 'payroll' }],
    });
  });

  test('is refused where workloads would stop, and to who may only look', async () => {
    const { errors } = await service.ask(revoke('target: "key"'), { role: 'OPERATOR' });
    expect(errors[0]?.extensions).toEqual({ code: 'WOULD_BREAK', workloads: ['payroll'] });
    expect(await service.code(revoke('target: "key"'), { role: 'PLANNER' })).toBe('FORBIDDEN');
    expect(await service.code(revoke('target: "child", expectedHash: "x"'), { role: 'OPERATOR' })).toBe(
      'PLAN_STALE',
    );
    expect(await service.code(revoke('target: "ada"'), { role: 'OPERATOR' })).toBe('BAD_INPUT');
  });

  test('waits for a second person where a workload stops', async () => {
    const asked = await service.data(revoke('target: "key", allowBreaking: true'), { role: 'OPERATOR' });
    expect(asked).toMatchObject({
      it: {
        cascade: { needsApproval: true },
        offboarding: { kind: 'REVOKE', state: 'IN_REVIEW', target: { id: 'key' } },
      },
    });
  });

  test('is carried out at once where it need not', async () => {
    const asked = await service.data(revoke('target: "child"'), { role: 'OPERATOR' });
    const id = at(asked, 'it.offboarding.id');
    expect(at(asked, 'it.offboarding.state')).toBe('EXECUTING');
    for (;;) {
      const query =
        'query ($id: ID!) { it: offboarding(id: $id) { state } child: entity(id: "child") { status } }';
      const found = await service.data(query, { variables: { id } });
      if (at(found, 'it.state') === 'EXECUTING') {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      expect(found).toEqual({ it: { state: 'VERIFIED' }, child: { status: 'REVOKED' } });
      break;
    }
  });

  test.each([
    ['rotateSecret', 'secret: "door"', 'ROTATE_SECRET'],
    ['rehome', 'workload: "payroll", successor: "bea"', 'PROVISION_IDENTITY'],
    ['transferOwnership', 'entity: "wiki", from: "ada", to: "bea"', 'TRANSFER_OWNERSHIP'],
    ['retire', 'entity: "report"', 'RETIRE'],
  ])('%s shows what it would do', async (name, input, kind) => {
    const query = `mutation { it: ${name}(input: { ${input}, reason: "tidy", dryRun: true }) { ${CASCADE} offboarding { id } } }`;
    const found = await service.data(query, { role: 'PLANNER' });
    const steps = at(found, 'it.cascade.steps') as { kind: string }[];
    expect(steps.map((step) => step.kind)).toContain(kind);
  });
});
