import { describe, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { undoActions } from '../../../src/offboarding/case/undo-actions.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import type { Change } from '../../../src/offboarding/plan/change.js';
import { OverlayView } from '../../../src/offboarding/plan/overlay-view.js';
import { person, STORY_TIME, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';
import { codeOf, events, force, lastEvent } from './support.js';

const plan = (caseContext: TestCaseContext) =>
  planOffboarding(caseContext, person('pia'), {
    human: 'ada',
    lastWorkingDay: '2026-12-31',
    reason: 'Ada leaves',
  });
const cancel = (caseContext: TestCaseContext, { id }: Case) =>
  cancelOffboarding(caseContext, person('cal'), { offboarding: id, reason: 'She stays' });

/** Relationships that leave an entity. */
function edgesOf(graph: OverlayView, id: string): string[] {
  const edges: string[] = [];
  graph.eachOut(graph.numberOf(id), (to, code) => void edges.push(`${code} ${graph.idOf(to)}`));
  return edges.sort();
}

const idsMade = (change: Change): string[] => (change.change === 'CREATE' ? [change.entity.id] : []);

describe('cancelling', () => {
  test('ends a case that has not begun, and whoever was about to carry it out', () =>
    withCaseContext([company()], async (caseContext) => {
      const lease = { holder: 'other', fencing: 3, until: STORY_TIME };
      const offboarding = await force(caseContext, await plan(caseContext), {
        state: 'EXECUTING',
        lease,
        fencing: 3,
      });
      expect(await cancel(caseContext, offboarding)).toMatchObject({
        state: 'CANCELLED',
        endedAt: STORY_TIME,
        cancelled: { subject: 'cal', reason: 'She stays' },
        lease: null,
        fencing: 4,
      });
      expect(await lastEvent(caseContext)).toMatchObject({
        type: 'CASE_CANCELLED',
        actor: person('cal'),
        reason: 'She stays',
        before: { state: 'EXECUTING' },
        after: { state: 'CANCELLED', toBeUndone: false },
      });
    }));

  test.each(['EXECUTING', 'WAITING'] as const)('lets what was provisioned be undone first: %s', (state) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await force(caseContext, await plan(caseContext), { state, begun: [2] });
      const cancelled = await cancel(caseContext, offboarding);
      expect(cancelled).toMatchObject({ state: 'EXECUTING', wakeAt: STORY_TIME, endedAt: null });
      expect((await lastEvent(caseContext)).after).toEqual({ state: 'EXECUTING', toBeUndone: true });
      // Asked for again it is the same, and told once.
      const told = (await events(caseContext)).length;
      expect(await cancel(caseContext, offboarding)).toEqual(cancelled);
      expect(await events(caseContext)).toHaveLength(told);
    }),
  );

  test.each([[[5]], [[2, 5, 6]]] as const)('is possible after phases %j, which cut nobody off', (begun) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await force(caseContext, await plan(caseContext), { state: 'EXECUTING', begun });
      expect(await cancel(caseContext, offboarding)).toMatchObject({
        state: 'EXECUTING',
        because: expect.any(String),
      });
      await runCase(caseContext, offboarding.id);
      expect(await requireCase(caseContext.store.journal, offboarding.id)).toMatchObject({
        state: 'CANCELLED',
        begun,
      });
    }),
  );

  test.each([[[1]], [[2, 1]], [[1, 3]], [[1, 3, 4, 2]]] as const)('is refused after phases %j', (begun) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await force(caseContext, await plan(caseContext), { state: 'EXECUTING', begun });
      expect(await codeOf(cancel(caseContext, offboarding))).toBe('CONFLICT');
    }),
  );
});

describe('undoing what was provisioned', () => {
  test('leaves the graph as it was but for what is retired, whatever had been done', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      const { body } = await planOf(caseContext.store.journal, offboarding);
      const provisioning = body.actions.filter(({ phase }) => phase === 2);
      expect(provisioning.map(({ kind }) => kind)).toEqual([
        'PROVISION_IDENTITY',
        'ISSUE_TOKEN',
        'BIND_WORKLOAD',
        'CONFIRM_RUN',
      ]);
      const view = (await caseContext.graphs.current(caseContext.clock.now())).whole!;
      const untouched = new OverlayView(view, []);
      for (let done = 0; done <= provisioning.length; done += 1) {
        const carried = provisioning.slice(0, done);
        const undo = undoActions(body, new Set(carried.map(({ id }) => id)));
        const changes = [...carried, ...undo].flatMap((action) => action.changes);
        const after = new OverlayView(view, changes);
        for (const id of ['payroll', 'ada.key', 'ada.login']) {
          expect([done, edgesOf(after, id)]).toEqual([done, edgesOf(untouched, id)]);
        }
        const made = carried.flatMap((action) => action.changes).flatMap(idsMade);
        expect(made.filter((id) => after.isLive(after.numberOf(id)))).toEqual([]);
      }
    }));

  test('ends what came later first', () =>
    withCaseContext([company()], async (caseContext) => {
      const { body } = await planOf(caseContext.store.journal, await plan(caseContext));
      const undo = undoActions(body, new Set(body.actions.map(({ id }) => id)));
      expect(undo.map(({ kind }) => kind)).toEqual(['BIND_WORKLOAD', 'REVOKE_TOKEN', 'RETIRE']);
      for (const [at, { dependsOn }] of undo.entries()) {
        const before = undo.slice(0, at).map(({ id }) => id);
        expect(dependsOn.filter((id) => !before.includes(id))).toEqual([]);
      }
      expect(undo[1]!.dependsOn).toEqual([undo[0]!.id]);
      expect(undo[2]!.details).toEqual({
        undoes: body.actions.find(({ kind }) => kind === 'PROVISION_IDENTITY')!.id,
      });
    }));
});
