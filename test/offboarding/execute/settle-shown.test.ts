import { describe, expect, test } from '@jest/globals';
import { CASES } from '../../../src/model/claims.js';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import { settleShown } from '../../../src/offboarding/execute/settle-shown.js';
import { eventsOf } from '../../../src/offboarding/verify/check-recorded.js';
import { claimOf } from '../../contract/fixtures.js';
import { importAt, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { action, attestAll, executing, run } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { Outside } from './outside.js';

const READ = '2026-11-23T10:00:00.000Z';
const MAIL = '1/DISABLE_ACCOUNT/mail';
const SESSIONS = '1/END_SESSIONS/mail';

/** A company in which people do everything by hand, and a case that waits for them. */
function waiting(work: (caseContext: TestCaseContext, id: string) => Promise<void>): Promise<void> {
  return withCaseContext(
    departure({ it: 'MANUAL', paper: 'MANUAL' }),
    async (caseContext) => {
      const { id } = await executing(caseContext);
      expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt: null });
      caseContext.clock.moveTo('2026-11-23T11:00:00.000Z');
      await work(caseContext, id);
    },
    { actuators: new Outside().actuators },
  );
}

const outcomesOf = async (caseContext: TestCaseContext, id: string, name: string) =>
  (await eventsOf(caseContext.store.journal, id)).filter(
    ({ type, after }) => type === 'ACTION_DONE' && after?.action === name,
  );

/** Makes a membership one that a case opened and no source claims. */
async function byCaseAlone({ store, clock }: TestCaseContext, from: string, to: string): Promise<void> {
  const now = clock.now();
  const draft = await store.write({ now });
  const [one, other] = (await draft.numbersOf([from, to])) as [number, number];
  const claim = claimOf({ source: CASES, reportedAt: now, startedAt: now });
  const key = { type: 'MEMBER_OF', from: one, to: other, permission: null } as const;
  await draft.putRelationships([{ ...key, claims: [claim] }]);
  await draft.commit([]);
}

describe('what a person was asked for and a source shows as done', () => {
  test('is settled as OBSERVED by one event, and the case goes on', () =>
    waiting(async (caseContext, id) => {
      expect(await action(caseContext, id, MAIL)).toMatchObject({ state: 'WAITING_FOR_PERSON' });
      expect(await settleShown(caseContext)).toBe(0);
      await importAt(caseContext, [
        later('it', [entity('Account', 'mail', { status: 'DISABLED' })], [], READ),
      ]);
      expect(await settleShown(caseContext)).toBe(1);
      expect(await settleShown(caseContext)).toBe(0);
      expect(await action(caseContext, id, MAIL)).toMatchObject({
        state: 'DONE',
        proof: 'OBSERVED',
        proofReference: `it, as read at ${READ}`,
      });
      expect(await outcomesOf(caseContext, id, MAIL)).toHaveLength(1);
      const awake = await requireCase(caseContext.store.journal, id);
      expect(awake.wakeAt).toBe('2026-11-23T11:00:00.000Z');
      // Its sessions may outlive an account that has ended: nothing shows that they are over.
      await run(caseContext, id);
      expect(await action(caseContext, id, SESSIONS)).toMatchObject({ state: 'WAITING_FOR_PERSON' });
    }));

  test('is settled by the next run, where nobody was told of the import', () =>
    waiting(async (caseContext, id) => {
      await importAt(caseContext, [later('it', [{ ...entity('Token', 'child'), ended: true }], [], READ)]);
      const name = '3/REVOKE_TOKEN/child';
      for (let round = 0; round < 30; round += 1) {
        if ((await action(caseContext, id, name)).state === 'DONE') break;
        await attestAll(caseContext, id);
        await run(caseContext, id);
      }
      expect(await action(caseContext, id, name)).toMatchObject({ state: 'DONE', proof: 'OBSERVED' });
    }));

  test.each([
    [
      'a token that is revoked',
      '3/REVOKE_TOKEN/child',
      [entity('Token', 'child', { status: 'REVOKED' })],
      [],
    ],
    ['a token that is gone', '3/REVOKE_TOKEN/child', [{ ...entity('Token', 'child'), ended: true }], []],
    [
      'a relationship that has ended',
      '6/END_RELATIONSHIP/staff',
      [],
      [{ ...link('MEMBER_OF', 'login', 'staff'), ended: true }],
    ],
    [
      'a secret that was rotated',
      '5/ROTATE_SECRET/door',
      [entity('Secret', 'door', { rotatedAt: '2026-11-23T11:00:00.000Z' })],
      [],
    ],
  ])('%s', (_what, name, entities, relationships) =>
    waiting(async (caseContext, id) => {
      // By hand up to the action.
      for (let round = 0; round < 30; round += 1) {
        if ((await action(caseContext, id, name)).state === 'WAITING_FOR_PERSON') break;
        await attestAll(caseContext, id);
        await run(caseContext, id);
      }
      const at = { ...later('it', entities as never, relationships as never, READ) };
      await importAt(caseContext, [at]);
      await settleShown(caseContext);
      expect(await action(caseContext, id, name)).toMatchObject({ state: 'DONE', proof: 'OBSERVED' });
      expect(await outcomesOf(caseContext, id, name)).toHaveLength(1);
    }),
  );

  test('is not settled by the silence of sources, where only a case had made what is to end', () =>
    withCaseContext(
      departure({ it: 'MANUAL', paper: 'MANUAL' }),
      async (caseContext) => {
        // As an earlier case left it: no source reports that the account is a member.
        await byCaseAlone(caseContext, 'login', 'staff');
        const { id } = await executing(caseContext);
        await run(caseContext, id);
        const name = '6/END_RELATIONSHIP/staff';
        for (let round = 0; round < 30; round += 1) {
          if ((await action(caseContext, id, name)).state === 'WAITING_FOR_PERSON') break;
          await attestAll(caseContext, id);
          await run(caseContext, id);
        }
        await settleShown(caseContext);
        await run(caseContext, id);
        expect(await action(caseContext, id, name)).toMatchObject({ state: 'WAITING_FOR_PERSON' });
      },
      { actuators: new Outside().actuators },
    ));

  test('is not settled by what says nothing of it, nor by what shows it as before', () =>
    waiting(async (caseContext, id) => {
      await importAt(caseContext, [
        later('it', [entity('Account', 'mail', { login: 'ada@mail' })], [], READ),
      ]);
      expect(await settleShown(caseContext)).toBe(0);
      expect(await action(caseContext, id, MAIL)).toMatchObject({ state: 'WAITING_FOR_PERSON' });
    }));
});
