import { describe, expect, test } from '@jest/globals';
import type { ActionState, CaseAction } from '../../../src/offboarding/case/case-action.js';
import { newAction } from '../../../src/offboarding/case/case-actions.js';
import { type CaseStep, type Course, nextStep } from '../../../src/offboarding/execute/next-step.js';
import type { Action, Phase } from '../../../src/offboarding/plan/plan.js';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');
const TOMORROW = '2026-06-02T00:00:00.000Z';
const CONTINUITY: Course = { mode: 'CONTINUITY_FIRST', lastWorkingDay: null };
const SECURITY: Course = { mode: 'SECURITY_FIRST', lastWorkingDay: null };

interface Sketch {
  readonly phase: Phase;
  readonly name: string;
  readonly state?: ActionState;
  readonly after?: readonly string[];
  readonly early?: boolean;
  readonly notBefore?: string;
}

function actionOf(
  { phase, name, state = 'PENDING', after = [], early = false, notBefore }: Sketch,
  at: number,
): CaseAction {
  const action: Action = {
    id: name,
    phase,
    kind: 'REVOKE_TOKEN',
    entity: name,
    source: 'it',
    dependsOn: after,
    changes: [],
    early,
    details: { tokenType: null, family: null },
  };
  return {
    ...newAction('tendril/case/1', at, action, { idempotencyKey: name }),
    state,
    notBefore: notBefore ?? null,
  };
}

function next(
  sketches: readonly Sketch[],
  { begun = [1, 2, 3, 4, 5, 6], course = CONTINUITY }: { begun?: Phase[]; course?: Course } = {},
): CaseStep {
  return nextStep({ begun, cancelled: null }, course, sketches.map(actionOf), NOW);
}

const acts = (name: string) => ({ step: 'ACT', action: { action: { id: name } } });

describe('the next step of a case', () => {
  test('a phase begins, by a step of its own, when all of the phases before it is settled', () => {
    const two: Sketch[] = [
      { phase: 1, name: 'a' },
      { phase: 3, name: 'b' },
    ];
    expect(next(two, { begun: [] })).toEqual({ step: 'BEGIN_PHASE', phase: 1 });
    expect(next(two, { begun: [1] })).toMatchObject(acts('a'));
    expect(next([{ ...two[0]!, state: 'DONE' }, two[1]!], { begun: [1] })).toEqual({
      step: 'BEGIN_PHASE',
      phase: 3,
    });
  });

  test.each(['DONE', 'IRREVOCABLE', 'WAIVED'] as const)('what is %s keeps nothing from going on', (state) => {
    expect(
      next([
        { phase: 3, name: 'a', state },
        { phase: 4, name: 'b' },
      ]),
    ).toMatchObject(acts('b'));
  });

  test.each(['WAITING_FOR_PERSON', 'REQUESTED'] as const)(
    'what is %s holds the next phase, not the rest of its own',
    (state) => {
      const waiting: Sketch = {
        phase: 3,
        name: 'a',
        state,
        ...(state === 'REQUESTED' ? { notBefore: TOMORROW } : {}),
      };
      const free: Sketch = { phase: 3, name: 'b' };
      const child: Sketch = { phase: 3, name: 'c', after: ['a'] };
      const later: Sketch = { phase: 4, name: 'd' };
      expect(next([waiting, free, child, later])).toMatchObject(acts('b'));
      expect(next([waiting, { ...free, state: 'DONE' }, child, later])).toMatchObject({
        step: 'WAIT',
        until: state === 'REQUESTED' ? TOMORROW : null,
      });
    },
  );

  test('parents come before children, and a refused parent does not save its children', () => {
    const child: Sketch = { phase: 3, name: 'child', after: ['parent'] };
    expect(next([child, { phase: 3, name: 'parent' }])).toMatchObject(acts('parent'));
    expect(next([child, { phase: 3, name: 'parent', state: 'IRREVOCABLE' }])).toMatchObject(acts('child'));
  });

  test('an action that did not work waits for its time, and then comes first', () => {
    const trying: Sketch = { phase: 3, name: 'a', state: 'RUNNING' };
    expect(next([{ ...trying, notBefore: TOMORROW }])).toMatchObject({ step: 'WAIT', until: TOMORROW });
    expect(next([{ ...trying, notBefore: '2026-06-01T12:00:00.000Z' }])).toMatchObject(acts('a'));
  });

  test('nothing breaks before it is made: a refusal in phase 2 holds the rest until somebody decides', () => {
    const refused: Sketch = { phase: 2, name: 'a', state: 'IRREVOCABLE' };
    const after: Sketch = { phase: 3, name: 'b' };
    expect(next([refused, after])).toMatchObject({ step: 'WAIT', until: null });
    expect(next([{ ...refused, state: 'WAIVED' }, after])).toMatchObject(acts('b'));
    expect(next([refused, { phase: 2, name: 'c', after: ['a'] }, after])).toMatchObject({ step: 'WAIT' });
  });

  test('where security comes first, phases 3 and 4 come before 2, and a refusal there holds nothing', () => {
    const made: Sketch = { phase: 2, name: 'made' };
    const revoked: Sketch = { phase: 4, name: 'revoked' };
    expect(next([made, revoked], { course: SECURITY })).toMatchObject(acts('revoked'));
    const refused: Sketch = { phase: 2, name: 'refused', state: 'IRREVOCABLE' };
    const child: Sketch = { phase: 2, name: 'child', after: ['refused'] };
    expect(next([refused, child], { course: SECURITY })).toMatchObject({
      step: 'GIVE_UP',
      action: { action: { id: 'child' } },
    });
    expect(next([refused, { phase: 5, name: 'rotated' }], { course: SECURITY })).toMatchObject(
      acts('rotated'),
    );
  });

  test('before the last working day only what may be made early is made; then the case waits for that day', () => {
    const course: Course = { mode: 'CONTINUITY_FIRST', lastWorkingDay: TOMORROW };
    const fence: Sketch = { phase: 1, name: 'fence' };
    const early: Sketch = { phase: 2, name: 'early', early: true };
    const late: Sketch = { phase: 2, name: 'late' };
    expect(next([fence, early, late], { course, begun: [] })).toEqual({ step: 'BEGIN_PHASE', phase: 2 });
    expect(next([fence, early, late], { course })).toMatchObject(acts('early'));
    expect(next([fence, { ...early, state: 'DONE' }, late], { course })).toMatchObject({
      step: 'WAIT',
      until: TOMORROW,
    });
    const day = nextStep(
      { begun: [2], cancelled: null },
      course,
      [fence, late].map(actionOf),
      Date.parse(TOMORROW),
    );
    expect(day).toEqual({ step: 'BEGIN_PHASE', phase: 1 });
  });

  test('phase 7 is left to the end, and what a sweep added comes before it', () => {
    const left: Sketch = { phase: 7, name: 'left' };
    expect(next([{ phase: 6, name: 'a', state: 'DONE' }, left])).toEqual({ step: 'FINISH' });
    expect(next([left, { phase: 3, name: 'swept' }])).toMatchObject(acts('swept'));
  });

  test('actions that depend on each other wait with a word', () => {
    const circle: Sketch[] = [
      { phase: 2, name: 'a', after: ['b'] },
      { phase: 2, name: 'b', after: ['a'] },
    ];
    expect(next(circle)).toMatchObject({
      step: 'WAIT',
      because: expect.stringContaining('2 that wait for one another'),
    });
  });

  test('a cancelled case lets what is under way come to its end, undoes what it made, and is over', () => {
    const cancelled = { subject: 'p', signedInBy: 'oidc', at: TOMORROW, reason: 'stays' };
    const step = (sketches: readonly Sketch[]) =>
      nextStep({ begun: [2], cancelled }, CONTINUITY, sketches.map(actionOf), NOW);
    expect(step([{ phase: 2, name: 'a', state: 'RUNNING' }])).toMatchObject(acts('a'));
    expect(
      step([
        { phase: 2, name: 'a', state: 'DONE' },
        { phase: 3, name: 'b' },
      ]),
    ).toEqual({ step: 'UNDO' });
    const undo: Sketch = { phase: 2, name: 'undo/a' };
    expect(step([{ phase: 2, name: 'a', state: 'DONE' }, undo, { phase: 3, name: 'b' }])).toMatchObject(
      acts('undo/a'),
    );
    expect(
      step([
        { ...undo, state: 'DONE' },
        { phase: 3, name: 'b' },
      ]),
    ).toEqual({ step: 'END_CANCELLED' });
  });
});
