import { describe, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { casesGoingOn } from '../../../src/offboarding/case/cases-going-on.js';
import { attentionList } from '../../../src/offboarding/post-case/attention-list.js';
import { STUCK_AFTER, TAKEN_WITHIN } from '../../../src/offboarding/post-case/cases-needing-attention.js';
import { person, withCaseContext } from '../../support/case-context.js';
import { approved, executing, run } from '../execute/carry-out.js';
import { departure } from '../execute/departure.js';
import { Outside } from '../execute/outside.js';
import { countingReads } from '../execute/watched.js';

const reason = 'She stays';

describe('cases that go on', () => {
  test('are followed by what happened since, and no case is read again that has ended', () =>
    withCaseContext(departure(), async (caseContext) => {
      const watched = countingReads(caseContext);
      const ids = async () => (await casesGoingOn(watched.caseContext.store)).map(({ id }) => id);
      const first = await approved(caseContext);
      expect(await ids()).toEqual([]);
      const read = watched.reads.get('case');
      await cancelOffboarding(caseContext, person('pia'), { offboarding: first.id, reason });
      const { id } = await executing(caseContext);
      expect(await ids()).toEqual([id]);
      expect((await run(caseContext, id)).state).toBe('VERIFIED');
      expect(await ids()).toEqual([]);
      expect(watched.reads.get('case')).toBe(read);
    }));
});

describe('a case that stands still', () => {
  const stuck = async (caseContext: Parameters<typeof attentionList>[0]) =>
    (await attentionList(caseContext, { kinds: ['CASE_STUCK'], limit: 10 })).entries.map(
      ({ entry }) => entry,
    );

  test('is on the list when nobody carries it out', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      expect(await stuck(caseContext)).toEqual([]);
      caseContext.clock.pass(TAKEN_WITHIN);
      expect(await stuck(caseContext)).toMatchObject([
        { entity: 'ada', case: id, why: expect.stringMatching(/^Nobody carries it out/) },
      ]);
    }));

  test('is on the list when what was asked of a person long ago is not done', () =>
    withCaseContext(
      departure({ it: 'MANUAL', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt: null });
        caseContext.clock.pass(STUCK_AFTER - 1);
        expect(await stuck(caseContext)).toEqual([]);
        caseContext.clock.pass(1);
        expect(await stuck(caseContext)).toMatchObject([
          { entity: 'ada', case: id, why: expect.stringMatching(/^It waits for what was asked/) },
        ]);
      },
      { actuators: new Outside().actuators },
    ));
});
