import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../../src/offboarding/case/approve-plan.js';
import { cancelOffboarding } from '../../../../src/offboarding/case/cancel-offboarding.js';
import { rehome } from '../../../../src/offboarding/case/cascade/rehome.js';
import { retire } from '../../../../src/offboarding/case/cascade/retire.js';
import { type Revoke, revoke } from '../../../../src/offboarding/case/cascade/revoke.js';
import { rotateSecret } from '../../../../src/offboarding/case/cascade/rotate-secret.js';
import { transferOwnership } from '../../../../src/offboarding/case/cascade/transfer-ownership.js';
import { requireCase } from '../../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../../src/offboarding/case/decide.js';
import { assertFresh } from '../../../../src/offboarding/case/plan-again.js';
import { replan } from '../../../../src/offboarding/case/replan.js';
import { executeOffboarding } from '../../../../src/offboarding/execute/execute.js';
import { runCase } from '../../../../src/offboarding/execute/run-case.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../../support/case-context.js';
import { company, entity, later, link } from '../company.js';
import { codeOf, lastEvent, refusal } from '../support.js';

const oli = person('oli');
const reason = 'It leaked';

/** The company, with a vault's secret that the digest reads and that stores a token of the reader app. */
const withSecret = later(
  [
    entity('Secret', 'vault', { store: 'vault', path: 'reader' }),
    entity('Secret', 'copy', { store: 'ci', path: 'reader' }),
    entity('Token', 'reader.key', { tokenType: 'CLIENT_SECRET' }),
    entity('Group', 'team'),
    entity('ServiceIdentity', 'robot', { managed: true }),
  ],
  [
    link('COPY_OF', 'copy', 'vault'),
    link('ISSUED', 'reader', 'reader.key'),
    link('STORED_IN', 'reader.key', 'vault'),
    link('USES', 'digest', 'copy'),
  ],
);
const here = <T>(work: (caseContext: TestCaseContext) => Promise<T>): Promise<T> =>
  withCaseContext([company()], async (caseContext) => {
    await importAt(caseContext, [withSecret]);
    return work(caseContext);
  });

describe('one thing at a time', () => {
  test('is previewed without a trace, and the same whenever it is', () =>
    here(async (caseContext) => {
      const before = await caseContext.store.head();
      const asked: Revoke = { target: 'dan.key', reason, dryRun: true };
      const first = await revoke(caseContext, oli, asked);
      expect(first).toMatchObject({ breaks: [], needsApproval: false, case: null });
      expect(first.plan.body.actions.map(({ kind, entity: thing }) => [kind, thing])).toEqual([
        ['REVOKE_TOKEN', 'dan.key'],
      ]);
      caseContext.clock.pass(3_600_000);
      expect((await revoke(caseContext, oli, asked)).hash).toBe(first.hash);
      expect(await caseContext.store.head()).toEqual(before);
    }));

  test('is ready to be carried out where nothing breaks and nothing critical is touched, and says that nobody was asked', () =>
    here(async (caseContext) => {
      const { hash } = await revoke(caseContext, oli, { target: 'dan.key', reason, dryRun: true });
      caseContext.clock.pass(60_000);
      const { case: offboarding } = await revoke(caseContext, oli, {
        target: 'dan.key',
        reason,
        expectedHash: hash,
      });
      expect(offboarding).toMatchObject({
        state: 'APPROVED',
        needsApproval: false,
        approved: null,
        planned: { subject: 'oli' },
        input: { kind: 'REVOKE', human: null, target: 'dan.key' },
      });
      expect(await lastEvent(caseContext)).toMatchObject({
        type: 'CASE_PLANNED',
        actor: oli,
        reason,
        case: offboarding!.id,
        entity: 'dan.key',
        after: { state: 'APPROVED', needsApproval: false, breaks: [] },
      });
      await assertFresh(caseContext, offboarding!);
      await executeOffboarding(caseContext, oli, {
        offboarding: offboarding!.id,
        planHash: offboarding!.planHash,
      });
      await runCase(caseContext, offboarding!.id);
      const { revision } = await caseContext.store.head();
      expect((await caseContext.store.entities(['dan.key'], revision))[0]!.status).toBe('REVOKED');
      expect(await requireCase(caseContext.store.journal, offboarding!.id)).toMatchObject({
        state: 'VERIFIED',
        assurance: 'SIMULATED',
      });
    }));

  test('is refused where the preview is another one by now, and shows what changed', () =>
    here(async (caseContext) => {
      const { hash } = await revoke(caseContext, oli, { target: 'dan.key', reason, dryRun: true });
      await importAt(caseContext, [later([entity('Human', 'finn', { email: 'finn@acme.example' })])]);
      expect((await revoke(caseContext, oli, { target: 'dan.key', reason, dryRun: true })).hash).toBe(hash);
      await importAt(caseContext, [
        later(
          [entity('Token', 'child', { tokenType: 'ACCESS' })],
          [link('DELEGATED_TO', 'dan.key', 'child')],
        ),
      ]);
      caseContext.clock.pass(60_000);
      const before = await caseContext.store.head();
      const refused = await refusal(
        revoke(caseContext, oli, { target: 'dan.key', reason, expectedHash: hash }),
      );
      expect(refused.code).toBe('PLAN_STALE');
      // Nothing but what is different: that time went by is not.
      expect(refused.details.changes).toEqual([
        expect.objectContaining({ what: 'action', id: '3/REVOKE_TOKEN/child', before: null }),
      ]);
      const unknown = await refusal(
        revoke(caseContext, oli, { target: 'dan.key', reason, expectedHash: 'none' }),
      );
      expect(unknown).toMatchObject({
        code: 'PLAN_STALE',
        details: { changes: [{ what: 'preview', before: 'none' }] },
      });
      expect(await caseContext.store.head()).toEqual(before);
    }));

  test('is refused where it stops a workload, unless that is allowed and a second person approves', () =>
    here(async (caseContext) => {
      const asked = { target: 'ada.key', reason };
      expect(await revoke(caseContext, oli, { ...asked, dryRun: true })).toMatchObject({
        breaks: ['payroll'],
        needsApproval: true,
      });
      const refused = await refusal(revoke(caseContext, oli, asked));
      expect(refused).toMatchObject({ code: 'WOULD_BREAK', details: { workloads: ['payroll'] } });
      const { case: offboarding } = await revoke(caseContext, oli, { ...asked, allowBreaking: true });
      expect(offboarding).toMatchObject({ state: 'IN_REVIEW', needsApproval: true, allowBreaking: true });
      const approval = { offboarding: offboarding!.id, planHash: offboarding!.planHash, reason };
      expect(await codeOf(executeOffboarding(caseContext, oli, approval))).toBe('CONFLICT');
      expect(await codeOf(approvePlan(caseContext, oli, approval))).toBe('SELF_APPROVAL');
      expect((await approvePlan(caseContext, person('ann'), approval)).state).toBe('APPROVED');
    }));

  test('asks a second person also where the secret by which something critical has a token waits for rotation already', () =>
    here(async (caseContext) => {
      const more = [
        entity('Job', 'wages', { criticality: 'HIGH' }),
        entity('Secret', 'safe', { status: 'ROTATION_REQUIRED' }),
        entity('Token', 'old', { tokenType: 'API_KEY' }),
        entity('Token', 'new', { tokenType: 'API_KEY' }),
      ];
      const ways = [
        link('STORED_IN', 'old', 'safe'),
        link('STORED_IN', 'new', 'safe'),
        link('USES', 'wages', 'safe'),
      ];
      await importAt(caseContext, [later(more, ways)]);
      const asked = await revoke(caseContext, oli, { target: 'old', reason, dryRun: true });
      expect(asked).toMatchObject({ breaks: [], needsApproval: true });
    }));

  test('asks a second person where it touches what is critical, though nothing breaks', () =>
    here(async (caseContext) => {
      const asked = { from: 'bea', to: 'cleo', reason };
      const critical = await transferOwnership(caseContext, oli, { ...asked, entity: 'payroll' });
      expect(critical).toMatchObject({ breaks: [], needsApproval: true, case: { state: 'IN_REVIEW' } });
      const usual = await transferOwnership(caseContext, oli, { ...asked, entity: 'digest' });
      expect(usual).toMatchObject({ needsApproval: false, case: { state: 'APPROVED' } });
    }));

  test('owners are named by id, and people also by their address', () =>
    here(async (caseContext) => {
      const [from, to] = ['BEA@acme.example', 'cleo@acme.example'];
      const asked = { entity: 'digest', from, to, reason, dryRun: true };
      const byAddress = await transferOwnership(caseContext, oli, asked);
      expect(byAddress.hash).toBe(
        (await transferOwnership(caseContext, oli, { ...asked, from: 'bea', to: 'cleo' })).hash,
      );
      expect(await codeOf(transferOwnership(caseContext, oli, { ...asked, to: 'nobody@acme.example' }))).toBe(
        'NOT_FOUND',
      );
    }));

  test('retiring a workload does not count as breaking it', () =>
    here(async (caseContext) => {
      expect(await retire(caseContext, oli, { entity: 'digest', reason })).toMatchObject({
        breaks: [],
        case: { state: 'APPROVED', input: { kind: 'RETIRE', target: 'digest' } },
      });
    }));

  test('a secret is rotated with its copies, also where it is asked to be revoked', () =>
    here(async (caseContext) => {
      const rotated = await rotateSecret(caseContext, oli, { secret: 'copy', reason, dryRun: true });
      const actions = rotated.plan.body.actions.filter(({ kind }) => kind === 'ROTATE_SECRET');
      expect(actions.map(({ entity: thing }) => thing)).toEqual(['copy', 'vault']);
      const revoked = await revoke(caseContext, oli, { target: 'copy', reason, dryRun: true });
      expect(revoked.plan.body.actions).toEqual(rotated.plan.body.actions);
    }));

  test('a workload is re-homed, to an identity that is named or made', () =>
    here(async (caseContext) => {
      const asked = { workload: 'digest', successor: 'cleo@acme.example', reason };
      const made = await rehome(caseContext, oli, { ...asked, dryRun: true });
      expect(made.breaks).toEqual([]);
      expect(made.plan.body.actions.map(({ kind }) => kind)).toContain('PROVISION_IDENTITY');
      caseContext.clock.pass(1);
      expect((await rehome(caseContext, oli, { ...asked, dryRun: true })).hash).toBe(made.hash);
      const named = await rehome(caseContext, oli, { ...asked, managedIdentity: 'robot' });
      expect(named.plan.body.actions.map(({ kind }) => kind)).not.toContain('PROVISION_IDENTITY');
      expect(named.case).toMatchObject({
        input: { kind: 'REHOME', successor: 'cleo', managedIdentity: 'robot' },
      });
    }));

  test('there is nothing to decide in it, and it is not planned anew, but cancelled', () =>
    here(async (caseContext) => {
      const { case: revocation } = await revoke(caseContext, oli, { target: 'dan.key', reason });
      const offboarding = revocation!.id;
      const decision = { offboarding, entity: 'dan.key', action: 'RETIRE', reason } as const;
      expect(await codeOf(decide(caseContext, oli, decision))).toBe('BAD_INPUT');
      expect(await codeOf(replan(caseContext, oli, { offboarding, reason }))).toBe('BAD_INPUT');
      expect((await cancelOffboarding(caseContext, oli, { offboarding, reason })).state).toBe('CANCELLED');
    }));
});

describe('one thing of the wrong kind', () => {
  const dry = { reason, dryRun: true };
  test.each<[string, (caseContext: TestCaseContext) => Promise<unknown>, RegExp]>([
    [
      'revoking a person',
      (caseContext) => revoke(caseContext, oli, { ...dry, target: 'ada' }),
      /planOffboarding/,
    ],
    ['revoking a job', (caseContext) => revoke(caseContext, oli, { ...dry, target: 'digest' }), /retire/],
    [
      'revoking a resource',
      (caseContext) => revoke(caseContext, oli, { ...dry, target: 'wiki' }),
      /transferOwnership/,
    ],
    [
      'revoking a group',
      (caseContext) => revoke(caseContext, oli, { ...dry, target: 'team' }),
      /transferOwnership/,
    ],
    ['retiring a token', (caseContext) => retire(caseContext, oli, { ...dry, entity: 'dan.key' }), /revoke/],
    [
      'retiring a person',
      (caseContext) => retire(caseContext, oli, { ...dry, entity: 'ada' }),
      /only a Job, App or ServiceIdentity is retired: plan an offboarding/,
    ],
    [
      'rotating a token',
      (caseContext) => rotateSecret(caseContext, oli, { ...dry, secret: 'dan.key' }),
      /revoke/,
    ],
    [
      'rotating for a person',
      (caseContext) => rotateSecret(caseContext, oli, { ...dry, secret: 'ada' }),
      /only a Secret is rotated: plan an offboarding \(planOffboarding\)/,
    ],
    [
      'taking from who does not own it',
      (caseContext) =>
        transferOwnership(caseContext, oli, { ...dry, entity: 'digest', from: 'dan', to: 'bea' }),
      /dan does not own digest; name one of its owners: /,
    ],
    [
      're-homing a secret',
      (caseContext) => rehome(caseContext, oli, { ...dry, workload: 'vault', successor: 'bea' }),
      /only a workload/,
    ],
    ['no reason', (caseContext) => revoke(caseContext, oli, { target: 'dan.key', reason: ' ' }), /reason/],
  ])('%s is refused, and what to ask for is said', (_what, work, said) =>
    here(async (caseContext) => {
      const refused = await refusal(work(caseContext));
      expect([refused.code, refused.message]).toEqual(['BAD_INPUT', expect.stringMatching(said)]);
    }),
  );

  test.each<[string, (caseContext: TestCaseContext) => Promise<unknown>]>([
    ['revoked', (caseContext) => revoke(caseContext, oli, { ...dry, target: 'none' })],
    [
      'transferred',
      (caseContext) =>
        transferOwnership(caseContext, oli, { ...dry, entity: 'none', from: 'ada', to: 'bea' }),
    ],
    [
      'followed by',
      (caseContext) => rehome(caseContext, oli, { ...dry, workload: 'digest', successor: 'none' }),
    ],
  ])('what is not there cannot be %s', (_what, work) =>
    here(async (caseContext) => expect(await codeOf(work(caseContext))).toBe('NOT_FOUND')),
  );
});
