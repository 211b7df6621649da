import { describe, expect, test } from '@jest/globals';
import { attentionList } from '../../../src/offboarding/after/attention-list.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { verificationOf } from '../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import { openFrom, statusOf } from '../../import/support.js';
import { importAt, person, type TestDesk, withDesk } from '../../support/desk.js';
import { action, approved, attestAll, executing, run, runOut } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { done, Outside } from './outside.js';

const LAST_DAY = '2026-11-27T17:00:00.000Z';
const ROLLED_BACK = '2026-11-25T09:00:00.000Z';
const MENDED = '2026-11-27T17:30:00.000Z';

/** The digest is re-homed, and its deployment is rolled back before the last day: it uses Ada's consent again. */
async function rolledBack(work: (desk: TestDesk, one: Case) => Promise<void>): Promise<void> {
  await withDesk(departure(), async (desk) => {
    const { id, planHash } = await approved(desk, 'CONTINUITY_FIRST', LAST_DAY);
    await executeOffboarding(desk, person('otto'), { offboarding: id, planHash });
    expect(await run(desk, id)).toMatchObject({ state: 'WAITING', wakeAt: LAST_DAY });
    desk.clock.moveTo(ROLLED_BACK);
    await importAt(desk, [later('it', [], [link('USES', 'digest', 'consent')], ROLLED_BACK)]);
    expect(await openFrom(desk.store, 'digest')).toContain('USES consent');
    desk.clock.moveTo(LAST_DAY);
    const held = await run(desk, id);
    expect(held.state).toBe('WAITING');
    await work(desk, held);
  });
}

/** The deployment is as phase 2 had left it, and its source says so. */
async function mend(desk: TestDesk): Promise<void> {
  desk.clock.moveTo(MENDED);
  await importAt(desk, [later('it', [], [link('USES', 'digest', 'consent', { ended: true })], MENDED)]);
  expect(await openFrom(desk.store, 'digest')).not.toContain('USES consent');
}

describe('a workload that is back on what the leaver had, after it was re-homed', () => {
  test('is not broken: the leaver is out, and nothing is ended until somebody has decided', () =>
    rolledBack(async (desk, one) => {
      expect(one).toMatchObject({
        state: 'WAITING',
        begun: [2, 1],
        wakeAt: '2026-11-27T18:00:00.000Z',
        because: expect.stringContaining('digest by consent (4/REVOKE_GRANT/consent)'),
      });
      expect(await statusOf(desk.store, 'ada')).toBe('LEAVING');
      expect(await statusOf(desk.store, 'consent')).toBe('ACTIVE');
      expect(await statusOf(desk.store, 'key')).toBe('ACTIVE');
      const { entries } = await attentionList(desk, { limit: 10 });
      expect(entries.map(({ entry }) => entry)).toMatchObject([
        { kind: 'RESURRECTED', entity: 'consent', relationship: { type: 'USES', from: 'digest' } },
        { kind: 'CASE_STUCK', since: LAST_DAY, why: expect.stringContaining('digest by consent') },
      ]);
      desk.clock.moveTo('2026-11-27T18:00:00.000Z');
      expect(await run(desk, one.id)).toMatchObject({ state: 'WAITING', heldSince: LAST_DAY });
    }));

  test('is cut off when its source shows it re-homed again, at the next look or when somebody resumes', () =>
    rolledBack(async (desk, { id }) => {
      await mend(desk);
      await resumeOffboarding(desk, person('otto'), id);
      expect(await run(desk, id)).toMatchObject({ state: 'VERIFIED', begun: [2, 1, 3, 4, 5, 6] });
      expect(await statusOf(desk.store, 'consent')).toBe('REVOKED');
      expect((await attentionList(desk, { limit: 10 })).entries).toEqual([]);
    }));

  test('keeps what it stands on for as long as somebody answers for that, and the rest is ended', () =>
    rolledBack(async (desk, { id }) => {
      await waive(desk, person('olga'), {
        offboarding: id,
        action: '4/REVOKE_GRANT/consent',
        owner: 'bea',
        until: '2026-12-31T00:00:00.000Z',
        reason: 'The digest goes wrong on the new consent',
      });
      const ended = await runOut(desk, id);
      expect(await statusOf(desk.store, 'key')).toBe('REVOKED');
      expect(await statusOf(desk.store, 'consent')).toBe('ACTIVE');
      expect(ended.state).toBe('INCOMPLETE');
      const residual = (await verificationOf(desk.store.journal, id))?.residual;
      expect(residual).toContainEqual(expect.objectContaining({ entity: 'consent', owner: 'bea' }));
    }));

  test('is named where a person has been asked already to end what it stands on', () =>
    withDesk(
      departure({ it: 'MANUAL', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        const asked = async () => (await action(desk, id, '4/REVOKE_GRANT/consent')).state;
        let one = await run(desk, id);
        for (let round = 0; round < 20 && (await asked()) === 'PENDING'; round += 1) {
          await attestAll(desk, id);
          one = await run(desk, id);
        }
        expect(await asked()).toBe('WAITING_FOR_PERSON');
        expect(one.because).not.toContain('digest');
        const at = '2026-11-23T09:10:00.000Z';
        desk.clock.moveTo(at);
        await importAt(desk, [later('it', [], [link('USES', 'digest', 'consent')], at)]);
        await resumeOffboarding(desk, person('otto'), id);
        one = await run(desk, id);
        expect(one.because).toMatch(/attested by a person.*digest by consent/);
      },
      { actuators: new Outside().actuators },
    ));

  test('holds up also what was not begun of a phase that was', () =>
    withDesk(departure(), async (desk) => {
      const { id, planHash } = await approved(desk, 'CONTINUITY_FIRST');
      await executeOffboarding(desk, person('otto'), { offboarding: id, planHash });
      const stop = new AbortController();
      const begins = { random: () => 1, signal: stop.signal };
      const onStep = (step: string) => {
        if (step === 'BEGIN_PHASE') phases += 1;
        if (phases === 4) stop.abort(new Error('enough'));
      };
      let phases = 0;
      await run(desk, id, { ...begins, onStep });
      const at = '2026-11-23T09:10:00.000Z';
      desk.clock.moveTo(at);
      await importAt(desk, [later('it', [entity('App', 'x')], [link('USES', 'digest', 'consent')], at)]);
      expect(await run(desk, id)).toMatchObject({ state: 'WAITING', begun: [1, 2, 3, 4] });
      expect(await action(desk, id, '4/REVOKE_GRANT/consent')).toMatchObject({ state: 'PENDING' });
    }));

  test('lets what was asked for before be tried again in its time, and begins nothing else', async () => {
    const outside = new Outside();
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        outside.manner = async ({ kind, entity: { id: name } }, asked) => {
          if (kind !== 'REVOKE_TOKEN' || name !== 'key' || asked > 1) return done;
          const at = '2026-11-23T09:10:00.000Z';
          desk.clock.moveTo(at);
          await importAt(desk, [later('it', [], [link('USES', 'digest', 'consent')], at)]);
          return { outcome: 'RETRY', why: 'busy', after: null };
        };
        const { wakeAt, because } = await run(desk, id);
        expect(because).toContain('digest by consent');
        expect(await action(desk, id, '3/REVOKE_TOKEN/key')).toMatchObject({
          state: 'RUNNING',
          notBefore: wakeAt,
        });
        desk.clock.moveTo(wakeAt!);
        expect((await run(desk, id)).because).toContain('digest by consent');
        expect(await statusOf(desk.store, 'key')).toBe('REVOKED');
        expect(await statusOf(desk.store, 'refresh')).toBe('ACTIVE');
      },
      { actuators: outside.actuators },
    );
  });
});
