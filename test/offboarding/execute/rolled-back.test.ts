import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../../src/offboarding/case/case.js';
import { verificationOf } from '../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import { attentionList } from '../../../src/offboarding/post-case/attention-list.js';
import { openFrom, statusOf } from '../../import/support.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { action, approved, attestAll, executing, run, runOut } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { done, Outside } from './outside.js';

const LAST_DAY = '2026-11-27T17:00:00.000Z';
const ROLLED_BACK = '2026-11-25T09:00:00.000Z';
const MENDED = '2026-11-27T17:30:00.000Z';

/** The digest is re-homed, and its deployment is rolled back before the last day: it uses Ada's consent again. */
async function rolledBack(
  work: (caseContext: TestCaseContext, offboarding: Case) => Promise<void>,
): Promise<void> {
  await withCaseContext(departure(), async (caseContext) => {
    const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
    await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
    expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt: LAST_DAY });
    caseContext.clock.moveTo(ROLLED_BACK);
    await importAt(caseContext, [later('it', [], [link('USES', 'digest', 'consent')], ROLLED_BACK)]);
    expect(await openFrom(caseContext.store, 'digest')).toContain('USES consent');
    caseContext.clock.moveTo(LAST_DAY);
    const held = await run(caseContext, id);
    expect(held.state).toBe('WAITING');
    await work(caseContext, held);
  });
}

/** The deployment is as phase 2 had left it, and its source says so. */
async function mend(caseContext: TestCaseContext): Promise<void> {
  caseContext.clock.moveTo(MENDED);
  await importAt(caseContext, [
    later('it', [], [link('USES', 'digest', 'consent', { ended: true })], MENDED),
  ]);
  expect(await openFrom(caseContext.store, 'digest')).not.toContain('USES consent');
}

describe('a workload that is back on what the leaver had, after it was re-homed', () => {
  test('is not broken: the leaver is out, and nothing is ended until somebody has decided', () =>
    rolledBack(async (caseContext, offboarding) => {
      expect(offboarding).toMatchObject({
        state: 'WAITING',
        begun: [2, 1],
        wakeAt: '2026-11-27T18:00:00.000Z',
        because: expect.stringContaining('digest by consent (4/REVOKE_GRANT/consent)'),
      });
      expect(await statusOf(caseContext.store, 'ada')).toBe('LEAVING');
      expect(await statusOf(caseContext.store, 'consent')).toBe('ACTIVE');
      expect(await statusOf(caseContext.store, 'key')).toBe('ACTIVE');
      const { entries } = await attentionList(caseContext, { limit: 10 });
      expect(entries.map(({ entry }) => entry)).toMatchObject([
        { kind: 'RESURRECTED', entity: 'consent', relationship: { type: 'USES', from: 'digest' } },
        { kind: 'CASE_STUCK', since: LAST_DAY, why: expect.stringContaining('digest by consent') },
      ]);
      caseContext.clock.moveTo('2026-11-27T18:00:00.000Z');
      expect(await run(caseContext, offboarding.id)).toMatchObject({ state: 'WAITING', heldSince: LAST_DAY });
    }));

  test('is cut off when its source shows it re-homed again, at the next look or when somebody resumes', () =>
    rolledBack(async (caseContext, { id }) => {
      await mend(caseContext);
      await resumeOffboarding(caseContext, person('otto'), id);
      expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED', begun: [2, 1, 3, 4, 5, 6] });
      expect(await statusOf(caseContext.store, 'consent')).toBe('REVOKED');
      expect((await attentionList(caseContext, { limit: 10 })).entries).toEqual([]);
    }));

  test('keeps what it stands on for as long as somebody answers for that, and the rest is ended', () =>
    rolledBack(async (caseContext, { id }) => {
      await waive(caseContext, person('olga'), {
        offboarding: id,
        action: '4/REVOKE_GRANT/consent',
        owner: 'bea',
        until: '2026-12-31T00:00:00.000Z',
        reason: 'The digest goes wrong on the new consent',
      });
      const ended = await runOut(caseContext, id);
      expect(await statusOf(caseContext.store, 'key')).toBe('REVOKED');
      expect(await statusOf(caseContext.store, 'consent')).toBe('ACTIVE');
      expect(ended.state).toBe('INCOMPLETE');
      const residual = (await verificationOf(caseContext.store.journal, id))?.residual;
      expect(residual).toContainEqual(expect.objectContaining({ entity: 'consent', owner: 'bea' }));
    }));

  test('is named where a person has been asked already to end what it stands on', () =>
    withCaseContext(
      departure({ it: 'MANUAL', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const asked = async () => (await action(caseContext, id, '4/REVOKE_GRANT/consent')).state;
        let offboarding = await run(caseContext, id);
        for (let round = 0; round < 20 && (await asked()) === 'PENDING'; round += 1) {
          await attestAll(caseContext, id);
          offboarding = await run(caseContext, id);
        }
        expect(await asked()).toBe('WAITING_FOR_PERSON');
        expect(offboarding.because).not.toContain('digest');
        const at = '2026-11-23T09:10:00.000Z';
        caseContext.clock.moveTo(at);
        await importAt(caseContext, [later('it', [], [link('USES', 'digest', 'consent')], at)]);
        await resumeOffboarding(caseContext, person('otto'), id);
        offboarding = await run(caseContext, id);
        expect(offboarding.because).toMatch(/attested by a person.*digest by consent/);
      },
      { actuators: new Outside().actuators },
    ));

  test('holds up also what was not begun of a phase that was', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST');
      await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      const stop = new AbortController();
      const begins = { random: () => 1, signal: stop.signal };
      const onStep = (step: string) => {
        if (step === 'BEGIN_PHASE') phases += 1;
        if (phases === 4) stop.abort(new Error('enough'));
      };
      let phases = 0;
      await run(caseContext, id, { ...begins, onStep });
      const at = '2026-11-23T09:10:00.000Z';
      caseContext.clock.moveTo(at);
      await importAt(caseContext, [
        later('it', [entity('App', 'x')], [link('USES', 'digest', 'consent')], at),
      ]);
      expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', begun: [1, 2, 3, 4] });
      expect(await action(caseContext, id, '4/REVOKE_GRANT/consent')).toMatchObject({ state: 'PENDING' });
    }));

  test('lets what was asked for before be tried again in its time, and begins nothing else', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        outside.manner = async ({ kind, entity: { id: name } }, asked) => {
          if (kind !== 'REVOKE_TOKEN' || name !== 'key' || asked > 1) return done;
          const at = '2026-11-23T09:10:00.000Z';
          caseContext.clock.moveTo(at);
          await importAt(caseContext, [later('it', [], [link('USES', 'digest', 'consent')], at)]);
          return { outcome: 'RETRY', why: 'busy', after: null };
        };
        const { wakeAt, because } = await run(caseContext, id);
        expect(because).toContain('digest by consent');
        expect(await action(caseContext, id, '3/REVOKE_TOKEN/key')).toMatchObject({
          state: 'RUNNING',
          notBefore: wakeAt,
        });
        caseContext.clock.moveTo(wakeAt!);
        expect((await run(caseContext, id)).because).toContain('digest by consent');
        expect(await statusOf(caseContext.store, 'key')).toBe('REVOKED');
        expect(await statusOf(caseContext.store, 'refresh')).toBe('ACTIVE');
      },
      { actuators: outside.actuators },
    );
  });
});
