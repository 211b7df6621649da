import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../../src/offboarding/case/case.js';
import {
  actionsOf,
  planOf,
  requireCase,
  verificationOf,
} from '../../../src/offboarding/case/case-documents.js';
import type { Invariant } from '../../../src/offboarding/case/verification.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import { attentionList } from '../../../src/offboarding/post-case/attention-list.js';
import { verifyCase } from '../../../src/offboarding/verify/verify-case.js';
import type { Actuators, Order } from '../../../src/sources/actuator.js';
import {
  importAt,
  person,
  simulated,
  type TestCaseContext,
  withCaseContext,
} from '../../support/case-context.js';
import { executing, run, runOut } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';

const MEANWHILE = '2026-11-23T09:00:00.000Z';
const HEAD = Number.MAX_SAFE_INTEGER;

/** Does everything but what `refuses` accepts. */
const refusing = (refuses: (order: Order) => boolean): Actuators => ({
  of: (source) => ({
    reachesOut: true,
    act: async (order, signal) =>
      refuses(order) ? { outcome: 'REFUSED', why: 'not allowed' } : simulated.of(source).act(order, signal),
  }),
});

/** Carries a case on until an action of a kind is done, and no further. */
async function until(caseContext: TestCaseContext, id: string, kind: string): Promise<void> {
  for (let steps = 0; steps < 200; steps += 1) {
    const actions = await actionsOf(caseContext.store.journal, id);
    if (actions.some(({ action, state }) => action.kind === kind && state === 'DONE')) return;
    const controller = new AbortController();
    await runCase(caseContext, id, { signal: controller.signal, onStep: () => controller.abort() });
  }
  throw new Error(`It never came to ${kind}.`);
}

async function statusOf({ store }: TestCaseContext, id: string): Promise<string | undefined> {
  return (await store.entities([id], HEAD))[0]?.status;
}

async function foundOf(caseContext: TestCaseContext, { id }: Case) {
  const found = (await verificationOf(caseContext.store.journal, id))!;
  const failed = found.checks.filter(({ holds }) => !holds).map(({ invariant }): Invariant => invariant);
  return { failed, open: found.residual.filter(({ kind }) => kind === 'OPEN'), residual: found.residual };
}

/** Looks at a case again as phase 7 does. */
async function lookAgain(caseContext: TestCaseContext, id: string) {
  const offboarding = await requireCase(caseContext.store.journal, id);
  const plan = await planOf(caseContext.store.journal, offboarding);
  return verifyCase(caseContext, offboarding, plan, await actionsOf(caseContext.store.journal, id));
}

describe('what appears while a case runs', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['of an account, before it is disabled', 'LOCK_ACCOUNT', [link('ISSUED', 'login', 'new')]],
    ['of a grant that was revoked', 'REVOKE_GRANT', [link('ISSUED', 'consent', 'new')]],
    [
      'in a secret that the person knows, before it is rotated',
      'REVOKE_GRANT',
      [link('STORED_IN', 'new', 'door')],
    ],
    ['of an account that the person shares', 'REVOKE_GRANT', [link('ISSUED', 'team', 'new')]],
  ])('is swept: a token %s', (_how, kind, relationships) =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, kind);
      await importAt(caseContext, [later('it', [entity('Token', 'new')], relationships as never, MEANWHILE)]);
      const ended = await run(caseContext, id);
      expect({ ...(await foundOf(caseContext, ended)), state: ended.state }).toMatchObject({
        state: 'VERIFIED',
        failed: [],
      });
      expect(await statusOf(caseContext, 'new')).toBe('REVOKED');
      const swept = (await actionsOf(caseContext.store.journal, id)).filter(({ sweep }) => sweep > 0);
      expect(swept.map(({ action }) => `${action.kind} ${action.entity}`)).toContain('REVOKE_TOKEN new');
      expect(await statusOf(caseContext, 'bea.login')).toBe('ACTIVE');
    }),
  );

  test('is left where ending it would stop a workload, and the case says so', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, 'REVOKE_GRANT');
      const [token, job] = [entity('Token', 'new'), entity('Job', 'newcomer')];
      const relationships = [link('ISSUED', 'login', 'new'), link('USES', 'newcomer', 'new')];
      await importAt(caseContext, [later('it', [token, job], relationships, MEANWHILE)]);
      const ended = await run(caseContext, id);
      expect(ended.state).toBe('INCOMPLETE');
      const { failed, open } = await foundOf(caseContext, ended);
      expect(failed).toEqual(['I1', 'I7']);
      expect(open).toContainEqual(
        expect.objectContaining({ entity: 'new', why: expect.stringContaining('newcomer') }),
      );
      expect(await statusOf(caseContext, 'new')).toBe('ACTIVE');
    }));

  test('is no credential: a new account keeps the case INCOMPLETE, with the way to it', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, 'REVOKE_GRANT');
      const document = later(
        'it',
        [entity('Account', 'second')],
        [link('HAS_ACCOUNT', 'ada', 'second')],
        MEANWHILE,
      );
      await importAt(caseContext, [document]);
      const ended = await run(caseContext, id);
      expect(ended.state).toBe('INCOMPLETE');
      expect((await foundOf(caseContext, ended)).open).toEqual([
        expect.objectContaining({
          entity: 'second',
          path: [{ type: 'HAS_ACCOUNT', from: 'ada', to: 'second' }],
        }),
      ]);
    }));

  test('is not swept where others keep it in a secret after its rotation', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, 'TRANSFER_OWNERSHIP');
      caseContext.clock.pass(60_000);
      const created = { createdAt: '2026-11-23T09:00:30.000Z' };
      const document = later(
        'it',
        [entity('Token', 'new', created)],
        [link('STORED_IN', 'new', 'door')],
        '2026-11-23T09:00:40.000Z',
      );
      await importAt(caseContext, [document]);
      expect((await run(caseContext, id)).state).toBe('VERIFIED');
      expect(await statusOf(caseContext, 'new')).toBe('ACTIVE');
    }));
});

describe('verification', () => {
  test('says what a source refused, with the reason and who answers', () =>
    withCaseContext(
      departure(),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const ended = await runOut(caseContext, id);
        expect(ended.state).toBe('INCOMPLETE');
        const { failed, open } = await foundOf(caseContext, ended);
        expect(failed).toContain('I1');
        expect(open).toContainEqual(
          expect.objectContaining({
            entity: 'child',
            why: 'IRREVOCABLE: REVOKE_TOKEN was refused: not allowed.',
            owner: 'otto',
          }),
        );
      },
      { actuators: refusing(({ kind, entity: { id } }) => kind === 'REVOKE_TOKEN' && id === 'child') },
    ));

  test('notes a waiver while it lasts, and opens the case again when it has run out', () =>
    withCaseContext(
      departure(),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const first = await runOut(caseContext, id);
        expect(first.state).toBe('INCOMPLETE');
        const until = '2026-12-01T00:00:00.000Z';
        const asked = {
          offboarding: id,
          action: '6/RESET_SIGN_IN/team',
          owner: 'bea',
          until,
          reason: 'soon',
        };
        await waive(caseContext, person('anna'), asked);
        const waived = await run(caseContext, id);
        expect({
          state: waived.state,
          wakeAt: waived.wakeAt,
          ...(await foundOf(caseContext, waived)),
        }).toMatchObject({
          state: 'VERIFIED',
          wakeAt: until,
          open: [],
        });
        expect((await attentionList(caseContext, { limit: 10 })).entries).toEqual([]);
        caseContext.clock.moveTo('2026-12-01T00:00:00.000Z');
        const over = await run(caseContext, id);
        expect(over.state).toBe('INCOMPLETE');
        expect((await foundOf(caseContext, over)).open).toEqual([
          expect.objectContaining({ entity: 'team', owner: 'bea', why: expect.stringContaining('run out') }),
        ]);
        const { entries } = await attentionList(caseContext, { kinds: ['EXPIRED_WAIVER'], limit: 10 });
        expect(entries.map(({ entry }) => entry.entity)).toEqual(['team']);
      },
      { actuators: refusing(({ kind }) => kind === 'RESET_SIGN_IN') },
    ));

  test('takes a later look at the source as proof', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await run(caseContext, id);
      caseContext.clock.pass(3_600_000);
      const gone = entity('Token', 'key', { status: 'REVOKED' });
      await importAt(caseContext, [later('it', [gone], [], '2026-11-23T09:30:00.000Z')]);
      const { observed } = await lookAgain(caseContext, id);
      expect(observed.map(({ action, proof }) => [action.id, proof])).toEqual([
        ['3/REVOKE_TOKEN/key', 'OBSERVED'],
      ]);
    }));

  test('finds what a commit of the case changed and no action names', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, 'REVOKE_GRANT');
      const offboarding = await requireCase(caseContext.store.journal, id);
      const plan = await planOf(caseContext.store.journal, offboarding);
      // As if the plan had not said what was done to the grant.
      const actions = (await actionsOf(caseContext.store.journal, id)).map((action) =>
        action.action.kind === 'REVOKE_GRANT'
          ? { ...action, action: { ...action.action, changes: [] } }
          : action,
      );
      const { verification } = await verifyCase(caseContext, offboarding, plan, actions);
      const check = verification.checks.find(({ invariant }) => invariant === 'I2');
      expect(check).toMatchObject({ holds: false, against: ['consent'] });
    }));

  test('finds a workload that the case stopped although nobody agreed to that', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await run(caseContext, id);
      const offboarding = await requireCase(caseContext.store.journal, id);
      const plan = await planOf(caseContext.store.journal, offboarding);
      // As if the plan had retired nothing, and a credential had been revoked in the place of the report.
      const actions = (await actionsOf(caseContext.store.journal, id)).map((action) =>
        action.action.kind === 'RETIRE'
          ? { ...action, action: { ...action.action, kind: 'REVOKE_GRANT' as const } }
          : action,
      );
      const silent = { ...plan, body: { ...plan.body, decisions: [] } };
      const { verification } = await verifyCase(caseContext, offboarding, silent, actions);
      const check = verification.checks.find(({ invariant }) => invariant === 'I2');
      expect(check).toMatchObject({ holds: false, against: ['report'] });
    }));

  test('sees an outcome that was not recorded', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await until(caseContext, id, 'LOCK_ACCOUNT');
      const offboarding = await requireCase(caseContext.store.journal, id);
      const plan = await planOf(caseContext.store.journal, offboarding);
      const actions = (await actionsOf(caseContext.store.journal, id)).map((action) =>
        action.action.kind === 'REVOKE_GRANT' ? ({ ...action, state: 'DONE' } as const) : action,
      );
      const { verification } = await verifyCase(caseContext, offboarding, plan, actions);
      const check = verification.checks.find(({ invariant }) => invariant === 'I5');
      expect(check).toMatchObject({ holds: false, against: ['4/REVOKE_GRANT/consent'] });
    }));
});
