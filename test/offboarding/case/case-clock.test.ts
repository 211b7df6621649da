import { describe, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { caseDocument, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { fromStored } from '../../../src/offboarding/case/stored-document.js';
import { attestActions } from '../../../src/offboarding/execute/attest.js';
import { CaseRunner } from '../../../src/offboarding/execute/case-runner.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { attentionList } from '../../../src/offboarding/post-case/attention-list.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { until } from '../../support/until.js';
import { approved, executing, run, STEADY } from '../execute/carry-out.js';
import { departure, entity, later } from '../execute/departure.js';

/** The same store as a process with the clock of the system has it, long after. */
const elsewhere = (caseContext: TestCaseContext): TestCaseContext => ({
  ...caseContext,
  clockKind: 'SYSTEM',
  instance: 'elsewhere',
});

const AS_FIXED = { clockKind: 'FIXED' } as const;
const LAST_DAY = '2026-11-27T17:00:00.000Z';

describe('a case that was planned by another kind of clock', () => {
  test('is not executed: it is said why, and what to do', () =>
    withCaseContext(
      departure(),
      async (caseContext) => {
        const { id, planHash, clock } = await approved(caseContext);
        expect(clock).toBe('FIXED');
        const other = elsewhere(caseContext);
        await expect(
          executeOffboarding(other, person('otto'), { offboarding: id, planHash }),
        ).rejects.toMatchObject({
          code: 'CONFLICT',
          message: expect.stringMatching(
            /planned by a fixed clock \(TENDRIL_CLOCK\), and this process goes by the clock of the system.*set TENDRIL_CLOCK as for its plan, or plan it again here \(`replan`\)\.$/,
          ),
        });
        // Planned again, it is of the clock that planned it.
        const again = await replan(other, person('pia'), { offboarding: id, reason: 'for real' });
        expect(again).toMatchObject({ clock: 'SYSTEM', state: 'IN_REVIEW' });
        await expect(
          cancelOffboarding(caseContext, person('pia'), { offboarding: id, reason: 'no' }),
        ).resolves.toMatchObject({ state: 'CANCELLED' });
      },
      AS_FIXED,
    ));

  test('is left alone by runners, attestations and the monitor, and is on the attention list', () =>
    withCaseContext(
      departure(),
      async (caseContext) => {
        const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
        await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
        const waiting = await run(caseContext, id);
        expect(waiting).toMatchObject({ state: 'WAITING', wakeAt: LAST_DAY });
        const other = elsewhere(caseContext);
        caseContext.clock.moveTo('2026-12-24T00:00:00.000Z');
        expect(await runCase(other, id, STEADY)).toBeNull();
        await expect(resumeOffboarding(other, person('otto'), id)).rejects.toMatchObject({
          code: 'CONFLICT',
        });
        const attested = { offboarding: id, actions: ['x'], statement: 'x', evidence: 'x' };
        await expect(attestActions(other, person('otto'), attested)).rejects.toMatchObject({
          code: 'CONFLICT',
        });
        const said: string[] = [];
        const runner = new CaseRunner(other, { error: (_, message) => said.push(message) }, STEADY);
        runner.start();
        await until(
          async () => said.length,
          (count) => count > 0,
        );
        runner.nudge();
        await runner.stop();
        expect(said).toEqual([expect.stringContaining('left alone here')]);
        expect(await requireCase(caseContext.store.journal, id)).toEqual(waiting);
        const { entries } = await attentionList(other, { limit: 10 });
        expect(entries.map(({ entry }) => entry)).toEqual([
          expect.objectContaining({
            kind: 'CASE_STUCK',
            case: id,
            why: expect.stringContaining('set TENDRIL_CLOCK'),
          }),
        ]);
        // The clock that planned it carries it on.
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
      },
      AS_FIXED,
    ));

  test('stays as it is when an import shows alive what it had ended; the attention list has that', () =>
    withCaseContext(
      departure(),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const ended = await run(caseContext, id);
        caseContext.clock.pass(3_600_000);
        const alive = later('it', [entity('Token', 'key')], [], '2026-11-23T09:30:00.000Z');
        await importAt(elsewhere(caseContext), [alive]);
        expect(await requireCase(caseContext.store.journal, id)).toEqual(ended);
        const { entries } = await attentionList(elsewhere(caseContext), {
          kinds: ['RESURRECTED'],
          limit: 10,
        });
        expect(entries.map(({ entry }) => entry.entity)).toEqual(['key']);
      },
      AS_FIXED,
    ));

  test('an older case does not say by which, and is carried on by either', () =>
    withCaseContext(departure(), async (caseContext) => {
      const offboarding = await approved(caseContext);
      const { clock, ...older } = offboarding;
      expect(clock).toBe('SYSTEM');
      const { documentVersion: _, ...body } = caseDocument(older).body;
      expect(
        fromStored({ collection: 'case', key: older.id, body: { ...body, documentVersion: 1 } }),
      ).toEqual(older);
      const draft = await caseContext.store.write({ now: () => caseContext.clock.now() });
      await draft.putDocuments([caseDocument(older)]);
      await draft.commit([]);
      const fixed = { ...caseContext, clockKind: 'FIXED' as const };
      const { id, planHash } = older;
      await executeOffboarding(fixed, person('otto'), { offboarding: id, planHash });
      expect(await run(fixed, id)).toMatchObject({ state: 'VERIFIED' });
    }));
});
