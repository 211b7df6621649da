import { describe, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import {
  actionsOf,
  planOf,
  requireCase,
  verificationOf,
} from '../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { nextStep } from '../../../src/offboarding/execute/next-step.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import { statusOf } from '../../import/support.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { action, approved, attestAll, executing, run, STEADY } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { done, Outside } from './outside.js';
import { beforeWrites, countingReads } from './watched.js';

const LAST_DAY = '2026-11-27T17:00:00.000Z';

const CONSENT = '4/REVOKE_GRANT/consent';

/** Bea answers for it that an action is not done for now. */
const waived = (caseContext: TestCaseContext, offboarding: string, name: string) =>
  waive(caseContext, person('ann'), {
    offboarding,
    action: name,
    owner: 'bea',
    until: '2026-12-31T00:00:00.000Z',
    reason: 'It goes by hand until then',
  });

/** More writes than any case here needs. */
const MANY = 200;

describe('between two steps', () => {
  test('all actions are read once, and not again at every step that the run itself has made', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      const watched = countingReads(caseContext);
      expect(await run(watched.caseContext, id)).toMatchObject({ state: 'VERIFIED' });
      const steps = (await actionsOf(caseContext.store.journal, id)).length;
      expect(steps).toBeGreaterThan(20);
      expect(watched.reads.get('action')).toBeLessThanOrEqual(2);
    }));

  test.each([
    ['ends', undefined, { state: 'VERIFIED', sweeps: 1 }],
    ['waits for its last day', LAST_DAY, { state: 'WAITING', sweeps: 0 }],
  ])(
    'a case %s also where something else is committed before each of its writes',
    async (_how, day, ending) => {
      await withCaseContext(departure(), async (caseContext) => {
        const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', day);
        await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
        const busy = beforeWrites(caseContext, async (write) => {
          if (write > MANY) throw new Error('It comes to no end.');
          await importAt(caseContext, [later('news', [entity('App', `news/${write}`)])]);
          // What is to be swept comes at the end, when nobody has looked for it yet.
          if (write === 40) {
            await importAt(caseContext, [
              later('it', [entity('Token', 'minted')], [link('DELEGATED_TO', 'key', 'minted')]),
            ]);
          }
        });
        expect(await runCase(busy, id, STEADY)).toMatchObject(ending);
      });
    },
  );

  test('who cancels before the first thing is taken away is heard, though a phase was about to begin', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
      await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', begun: [2] });
      caseContext.clock.moveTo(LAST_DAY);
      // The first write takes the case, the second is to begin phase 1.
      const cancelling = beforeWrites(caseContext, async (write) => {
        if (write === 2)
          await cancelOffboarding(caseContext, person('pia'), { offboarding: id, reason: 'She stays' });
      });
      await runCase(cancelling, id, STEADY);
      expect(await requireCase(caseContext.store.journal, id)).toMatchObject({
        state: 'CANCELLED',
        begun: [2],
      });
    }));

  test('a run that is stopped as it writes does not ask a source any more', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        for (let last = 1; last <= 8; last += 1) {
          const stop = new AbortController();
          let asked = 0;
          const stopping = beforeWrites(caseContext, async (write) => {
            if (write !== last) return;
            asked = outside.asked.length;
            stop.abort(new Error('enough'));
          });
          await runCase(stopping, id, { ...STEADY, signal: stop.signal });
          expect([last, stop.signal.aborted, outside.asked.length]).toEqual([last, true, asked]);
        }
        expect(outside.asked).not.toEqual([]);
      },
      { actuators: outside.actuators },
    );
  });

  test('what is waived as it is about to be asked for is not asked for', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const busy = beforeWrites(caseContext, async () => {
          const { begun } = await requireCase(caseContext.store.journal, id);
          const { state } = await action(caseContext, id, CONSENT);
          if (begun.includes(4) && state === 'PENDING') await waived(caseContext, id, CONSENT);
        });
        await runCase(busy, id, STEADY);
        expect(await action(caseContext, id, CONSENT)).toMatchObject({ state: 'WAIVED' });
        expect(outside.of('REVOKE_GRANT', 'consent')).toEqual([]);
      },
      { actuators: outside.actuators },
    );
  });

  test('what is waived with what it needs is not given up in the same moment', async () => {
    const outside = new Outside(({ kind }) =>
      kind === 'ISSUE_TOKEN' ? { outcome: 'REFUSED', why: 'it makes none' } : done,
    );
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext, 'SECURITY_FIRST');
        let once = false;
        const busy = beforeWrites(caseContext, async () => {
          const offboarding = await requireCase(caseContext.store.journal, id);
          const [plan, actions] = [
            await planOf(caseContext.store.journal, offboarding),
            await actionsOf(caseContext.store.journal, id),
          ];
          const { step } = nextStep(offboarding, plan.body, actions, caseContext.clock.now());
          if (step !== 'GIVE_UP' || once) return;
          once = true;
          await waived(caseContext, id, actions.find(({ state }) => state === 'IRREVOCABLE')!.action.id);
        });
        await runCase(busy, id, STEADY);
        const states = (await actionsOf(caseContext.store.journal, id)).map(({ state }) => state);
        expect(states).toContain('WAIVED');
        expect(states).not.toContain('IRREVOCABLE');
      },
      { actuators: outside.actuators },
    );
  });

  test('a secret into which nothing new was written in the end is REVOKED, though the plan had counted on it', async () => {
    const outside = new Outside(({ kind }) =>
      kind === 'ISSUE_TOKEN' ? { outcome: 'REFUSED', why: 'it makes none' } : done,
    );
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING' });
        const refused = (await actionsOf(caseContext.store.journal, id)).find(
          ({ state }) => state === 'IRREVOCABLE',
        );
        await waived(caseContext, id, refused!.action.id);
        await run(caseContext, id);
        expect(await statusOf(caseContext.store, 'vault')).toBe('REVOKED');
        expect(await statusOf(caseContext.store, 'pipeline')).toBe('REVOKED');
        // It stores nothing, as before, and is only another one now.
        expect(await statusOf(caseContext.store, 'door')).toBe('ACTIVE');
      },
      { actuators: outside.actuators },
    );
  });

  test('nothing is attested any more of what a cancelled case had planned', () =>
    withCaseContext(
      departure({ it: 'MANUAL', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
        await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
        expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', begun: [2] });
        const before = await caseContext.store.head();
        await cancelOffboarding(caseContext, person('pia'), { offboarding: id, reason: 'She stays' });
        await expect(attestAll(caseContext, id)).rejects.toMatchObject({ code: 'CONFLICT' });
        expect((await caseContext.store.head()).revision).toBe(before.revision + 1);
      },
      { actuators: new Outside().actuators },
    ));

  test('what was given up without asking anybody may be asked for once it is resumed, and that is on record as it must be', async () => {
    let refuses = true;
    const outside = new Outside(({ kind }) =>
      kind === 'ISSUE_TOKEN' && refuses ? { outcome: 'REFUSED', why: 'not now' } : done,
    );
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext, 'SECURITY_FIRST');
        expect(await run(caseContext, id)).toMatchObject({ state: 'INCOMPLETE' });
        refuses = false;
        await resumeOffboarding(caseContext, person('otto'), id);
        await run(caseContext, id);
        const found = await verificationOf(caseContext.store.journal, id);
        expect(found?.checks.filter(({ invariant, holds }) => invariant === 'I5' && !holds)).toEqual([]);
        const { events } = { events: await caseContext.store.journal.auditEvents({ case: id, limit: 1000 }) };
        const given = events.filter(
          ({ type, before }) => type === 'ACTION_REFUSED' && before?.state === 'PENDING',
        );
        expect(given.length).toBeGreaterThan(0);
      },
      { actuators: outside.actuators },
    );
  });
});
