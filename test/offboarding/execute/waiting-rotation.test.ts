import { describe, expect, test } from '@jest/globals';
import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { revoke } from '../../../src/offboarding/case/cascade/revoke.js';
import { actionsOf } from '../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { executing, runOut } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';

const HEAD = Number.MAX_SAFE_INTEGER;
const EXPIRY = '2026-11-25T00:00:00.000Z';
const MEANWHILE = '2026-11-24T00:00:00.000Z';

async function statusOf({ store }: TestCaseContext, id: string): Promise<string | undefined> {
  return (await store.entities([id], HEAD))[0]?.status;
}

/** Ada knows a vault that keeps a token which works until it expires, whatever is revoked. */
const leaver = (vault: Readonly<Record<string, unknown>> = {}) => [
  ...departure().slice(0, 1),
  {
    source: { id: 'it', name: 'it', syncedAt: '2026-11-20T00:00:00.000Z', actuation: 'SIMULATED' },
    mode: 'full',
    entities: [
      entity('Account', 'login'),
      entity('Account', 'robot'),
      entity('Token', 'jwt', { selfContained: true, expiresAt: EXPIRY }),
      entity('Token', 'kept'),
      entity('Secret', 'vault', vault),
      entity('Job', 'nightly', { criticality: 'HIGH', approval: 'APPROVED' }),
    ],
    relationships: [
      link('HAS_ACCOUNT', 'ada', 'login'),
      link('HAS_ACCOUNT', 'bea', 'robot'),
      link('OWNS', 'bea', 'nightly'),
      link('ISSUED', 'login', 'jwt'),
      link('ISSUED', 'robot', 'kept'),
      link('STORED_IN', 'jwt', 'vault'),
      link('STORED_IN', 'kept', 'vault'),
      link('USES', 'nightly', 'vault'),
      link('KNOWS', 'ada', 'vault'),
    ],
  },
];

/** Who is known to know the vault. */
async function knowers({ store }: TestCaseContext): Promise<string[]> {
  const query = { id: 'vault', direction: 'IN', types: ['KNOWS'], limit: 10 } as const;
  const [page] = await store.relationshipsOf([query], HEAD);
  return page!.relationships.map(({ fromId }) => fromId);
}

/** Carries Ada's case on until it waits for the token, and lets a source say something of the vault. */
async function waiting(
  caseContext: TestCaseContext,
  told: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id } = await executing(caseContext);
  expect(await runOut(caseContext, id)).toMatchObject({ state: 'INCOMPLETE', wakeAt: EXPIRY });
  expect(await statusOf(caseContext, 'vault')).toBe('ROTATION_REQUIRED');
  caseContext.clock.moveTo(MEANWHILE);
  await importAt(caseContext, [later('it', [entity('Secret', 'vault', told)], [], MEANWHILE)]);
  return id;
}

describe('a rotation that waits for a token to die', () => {
  test('waits on when its source shows the secret, and is completed and not done again', () =>
    withCaseContext(leaver(), async (caseContext) => {
      const id = await waiting(caseContext, {});
      expect(await statusOf(caseContext, 'vault')).toBe('ROTATION_REQUIRED');
      caseContext.clock.moveTo(EXPIRY);
      expect((await runOut(caseContext, id)).state).toBe('VERIFIED');
      expect(await statusOf(caseContext, 'vault')).toBe('ACTIVE');
      const rotations = (await actionsOf(caseContext.store.journal, id)).filter(
        ({ action }) => action.kind === 'ROTATE_SECRET',
      );
      expect(rotations.map(({ action }) => action.id)).toEqual(['5/ROTATE_SECRET/vault']);
    }));

  test('is not needed any more where its source has rotated it since', () =>
    withCaseContext(leaver(), async (caseContext) => {
      await waiting(caseContext, { rotatedAt: '2026-11-23T20:00:00.000Z' });
      expect(await statusOf(caseContext, 'vault')).toBe('ACTIVE');
    }));

  test('leaves whoever knows the secret knowing it, until it is complete, whenever it was rotated before', () =>
    withCaseContext(leaver({ rotatedAt: '2024-05-01T00:00:00.000Z' }), async (caseContext) => {
      const { id } = await executing(caseContext);
      expect((await runOut(caseContext, id)).state).toBe('INCOMPLETE');
      caseContext.clock.moveTo(MEANWHILE);
      const vault = entity('Secret', 'vault', { rotatedAt: '2024-05-01T00:00:00.000Z' });
      await importAt(caseContext, [later('it', [vault], [link('KNOWS', 'ada', 'vault')], MEANWHILE)]);
      expect(await knowers(caseContext)).toEqual(['ada']);
      caseContext.clock.moveTo(EXPIRY);
      expect((await runOut(caseContext, id)).state).toBe('VERIFIED');
      expect(await knowers(caseContext)).toEqual([]);
    }));

  test('is not done once more, in words only, where its source asks for another after it was complete', () =>
    withCaseContext(leaver(), async (caseContext) => {
      const longer = entity('Token', 'longer', {
        selfContained: true,
        expiresAt: '2026-11-27T00:00:00.000Z',
      });
      await importAt(caseContext, [
        later('it', [longer], [link('ISSUED', 'login', 'longer')], '2026-11-21T00:00:00.000Z'),
      ]);
      const { id } = await executing(caseContext);
      await runOut(caseContext, id);
      caseContext.clock.moveTo(EXPIRY);
      expect((await runOut(caseContext, id)).state).toBe('INCOMPLETE');
      expect(await statusOf(caseContext, 'vault')).toBe('ACTIVE');
      const asked = '2026-11-26T00:00:00.000Z';
      caseContext.clock.moveTo(asked);
      await importAt(caseContext, [
        later('it', [entity('Secret', 'vault', { status: 'ROTATION_REQUIRED' })], [], asked),
      ]);
      caseContext.clock.moveTo('2026-11-27T00:00:00.000Z');
      await runOut(caseContext, id);
      expect(await statusOf(caseContext, 'vault')).toBe('ROTATION_REQUIRED');
    }));

  test('leaves ended whose knowing an earlier case has ended', () =>
    withCaseContext(leaver(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await runOut(caseContext, id);
      caseContext.clock.moveTo(EXPIRY);
      expect((await runOut(caseContext, id)).state).toBe('VERIFIED');
      const vault = (more: readonly SnapshotEntity[], links: readonly SnapshotRelationship[], at: string) =>
        importAt(caseContext, [later('it', [entity('Secret', 'vault'), ...more], links, at)]);
      caseContext.clock.moveTo('2026-11-26T00:00:00.000Z');
      const stored = [link('ISSUED', 'robot', 'leaked'), link('STORED_IN', 'leaked', 'vault')];
      await vault([entity('Token', 'leaked')], stored, '2026-11-26T00:00:00.000Z');
      const revoked = await revoke(caseContext, person('oli'), {
        target: 'leaked',
        reason: 'it leaked',
        allowBreaking: true,
      });
      const offboarding = revoked.case!;
      if (offboarding.needsApproval)
        await approvePlan(caseContext, person('anna'), {
          offboarding: offboarding.id,
          planHash: offboarding.planHash,
          reason: 'agreed',
        });
      await executeOffboarding(caseContext, person('otto'), {
        offboarding: offboarding.id,
        planHash: offboarding.planHash,
      });
      await runOut(caseContext, offboarding.id);
      expect(await statusOf(caseContext, 'vault')).toBe('ROTATION_REQUIRED');
      caseContext.clock.moveTo('2026-11-27T00:00:00.000Z');
      const said = [link('KNOWS', 'ada', 'vault'), link('KNOWS', 'bea', 'vault')];
      await vault([], said, '2026-11-27T00:00:00.000Z');
      expect(await knowers(caseContext)).toEqual(['bea']);
    }));
});
