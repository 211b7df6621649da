import { describe, expect, test } from '@jest/globals';
import { transferOwnership } from '../../../src/offboarding/case/cascade/transfer-ownership.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { requireCase, verificationOf } from '../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { resurrected } from '../../../src/offboarding/post-case/attention.js';
import { attentionList } from '../../../src/offboarding/post-case/attention-list.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { executing, run } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';

/** Half an hour after the case has ended. */
const AFTER = '2026-11-23T09:30:00.000Z';
const HEAD = Number.MAX_SAFE_INTEGER;

/** Has Ada's case executed, and the clock go on. */
async function left(caseContext: TestCaseContext): Promise<Case> {
  const { id } = await executing(caseContext);
  const ended = await run(caseContext, id);
  expect(ended.state).toBe('VERIFIED');
  caseContext.clock.moveTo('2026-11-23T10:00:00.000Z');
  return ended;
}

async function statusOf({ store }: TestCaseContext, id: string): Promise<string | undefined> {
  return (await store.entities([id], HEAD))[0]?.status;
}

const kindsOf = async (caseContext: TestCaseContext) =>
  (await attentionList(caseContext, { limit: 100 })).entries.map(
    ({ entry }) => `${entry.kind} ${entry.entity}`,
  );

/** Types of the events of a commit, the newest. */
async function newestEvents({ store }: TestCaseContext): Promise<string[]> {
  const events = await store.journal.auditEvents({ limit: 1000 });
  const revision = events.at(-1)?.revision;
  return events.filter((event) => event.revision === revision).map(({ type }) => type);
}

const afterCase = (work: (caseContext: TestCaseContext, offboarding: Case) => Promise<void>) =>
  withCaseContext(departure(), async (caseContext) => work(caseContext, await left(caseContext)));

describe('an import after a case', () => {
  test('of a snapshot that was read before does not undo it', () =>
    afterCase(async (caseContext, { id }) => {
      await importAt(caseContext, [later('it', [entity('Token', 'key')], [], '2026-11-23T09:00:00.000Z')]);
      expect(await statusOf(caseContext, 'key')).toBe('REVOKED');
      expect(await kindsOf(caseContext)).toEqual([]);
      expect((await requireCase(caseContext.store.journal, id)).state).toBe('VERIFIED');
    }));

  test('that shows alive what it ended is believed, flagged, and makes the case INCOMPLETE', () =>
    afterCase(async (caseContext, { id }) => {
      await importAt(caseContext, [later('it', [entity('Token', 'key')], [], AFTER)]);
      expect(await statusOf(caseContext, 'key')).toBe('ACTIVE');
      expect(await kindsOf(caseContext)).toEqual(['RESURRECTED key']);
      expect(await resurrected(caseContext.store.journal, ['key', 'child'])).toEqual(new Set(['key']));
      const now = await requireCase(caseContext.store.journal, id);
      expect(now).toMatchObject({ state: 'INCOMPLETE', assurance: null });
      const found = await verificationOf(caseContext.store.journal, id);
      expect(found?.residual).toContainEqual(
        expect.objectContaining({ entity: 'key', kind: 'OPEN', why: expect.stringMatching(/^RESURRECTED/) }),
      );
      expect(await newestEvents(caseContext)).toEqual([
        'SNAPSHOT_IMPORTED',
        'RESURRECTED',
        'CASE_INCOMPLETE',
      ]);
    }));

  test('that shows it ended again takes the flag back', () =>
    afterCase(async (caseContext) => {
      await importAt(caseContext, [later('it', [entity('Token', 'key')], [], AFTER)]);
      const ended = entity('Token', 'key', { status: 'REVOKED' });
      await importAt(caseContext, [later('it', [ended], [], '2026-11-23T09:45:00.000Z')]);
      expect(await kindsOf(caseContext)).toEqual([]);
    }));

  test('of a relationship that it ended is seen', () =>
    afterCase(async (caseContext, { id }) => {
      await importAt(caseContext, [later('it', [], [link('MEMBER_OF', 'login', 'staff')], AFTER)]);
      const { entries } = await attentionList(caseContext, { limit: 10 });
      expect(entries.map(({ entry }) => entry)).toEqual([
        expect.objectContaining({
          kind: 'RESURRECTED',
          entity: 'staff',
          case: id,
          relationship: { type: 'MEMBER_OF', from: 'login', to: 'staff' },
        }),
      ]);
      expect((await requireCase(caseContext.store.journal, id)).state).toBe('INCOMPLETE');
    }));

  test('of a relationship that it ended between two that go on is seen, and the case with it', () =>
    afterCase(async (caseContext, { id }) => {
      await importAt(caseContext, [later('paper', [], [link('HAS_ACCOUNT', 'ada', 'team')], AFTER)]);
      await importAt(caseContext, [
        later('hr', [entity('Human', 'cleo')], [], AFTER),
        later('it', [], [link('OWNS', 'bea', 'wiki')], AFTER),
      ]);
      expect(
        (await attentionList(caseContext, { limit: 10 })).entries.map(({ entry }) => entry.case),
      ).toEqual([id]);
      const given = await transferOwnership(caseContext, person('pia'), {
        entity: 'wiki',
        from: 'bea',
        to: 'cleo',
        reason: 'a new editor',
      });
      const { id: transfer, planHash } = given.case!;
      await executeOffboarding(caseContext, person('otto'), { offboarding: transfer, planHash });
      expect(await run(caseContext, transfer)).toMatchObject({ state: 'VERIFIED' });
      caseContext.clock.moveTo('2026-11-23T11:00:00.000Z');
      const again = [link('OWNS', 'bea', 'wiki')];
      await importAt(caseContext, [later('it', [], again, '2026-11-23T10:30:00.000Z')]);
      expect(await requireCase(caseContext.store.journal, transfer)).toMatchObject({ state: 'INCOMPLETE' });
      const { entries } = await attentionList(caseContext, { limit: 10 });
      expect(entries.at(-1)?.entry).toMatchObject({ kind: 'RESURRECTED', entity: 'wiki', case: transfer });
    }));

  test('of a person who is back is a rehire, and leaves the case as it is', () =>
    afterCase(async (caseContext, { id }) => {
      const ada = entity('Human', 'ada', { email: 'ada@acme.example' });
      await importAt(caseContext, [later('hr', [ada], [], AFTER)]);
      expect(await statusOf(caseContext, 'ada')).toBe('ACTIVE');
      expect(await kindsOf(caseContext)).toEqual(['REHIRE ada']);
      expect(await newestEvents(caseContext)).toEqual(['SNAPSHOT_IMPORTED', 'REHIRED']);
      expect((await requireCase(caseContext.store.journal, id)).state).toBe('VERIFIED');
    }));

  describe('of somebody who is hired again', () => {
    const ada = entity('Human', 'ada', { email: 'ada@acme.example' });
    const login = entity('Account', 'login');
    const staff = link('MEMBER_OF', 'login', 'staff');

    test('expects their account and memberships, and what is issued anew', () =>
      afterCase(async (caseContext, { id }) => {
        const fresh = [link('ISSUED', 'login', 'fresh'), staff];
        await importAt(caseContext, [
          later('hr', [ada], [], AFTER),
          later('it', [login, entity('Token', 'fresh')], fresh, AFTER),
        ]);
        expect(await statusOf(caseContext, 'login')).toBe('ACTIVE');
        expect(await kindsOf(caseContext)).toEqual(['REHIRE ada']);
        expect((await requireCase(caseContext.store.journal, id)).state).toBe('VERIFIED');
      }));

    test('expects them too where their account came back first', () =>
      afterCase(async (caseContext) => {
        await importAt(caseContext, [later('it', [login], [staff], AFTER)]);
        const found = await kindsOf(caseContext);
        expect(found).toContain('RESURRECTED login');
        await importAt(caseContext, [later('hr', [ada], [], AFTER)]);
        expect(await kindsOf(caseContext)).toEqual(['REHIRE ada']);
      }));

    test('does not expect a token that the case revoked, nor what comes of one', () =>
      afterCase(async (caseContext, { id }) => {
        const tokens = [entity('Token', 'key'), entity('Token', 'late')];
        await importAt(caseContext, [
          later('hr', [ada], [], AFTER),
          later('it', [login, ...tokens], [link('ISSUED', 'consent', 'late')], AFTER),
        ]);
        expect((await kindsOf(caseContext)).sort()).toEqual([
          'LATE_FINDING late',
          'REHIRE ada',
          'RESURRECTED key',
        ]);
        expect((await requireCase(caseContext.store.journal, id)).state).toBe('INCOMPLETE');
      }));
  });

  test.each<[string, readonly unknown[]]>([
    ['a token of an account it disabled', [link('ISSUED', 'login', 'late')]],
    ['a token of a grant it revoked', [link('ISSUED', 'consent', 'late')]],
    ['a child of a token it revoked', [link('DELEGATED_TO', 'key', 'late')]],
    ['a token that the person knows', [link('KNOWS', 'ada', 'late')]],
  ])('that brings %s is a late finding', (_what, relationships) =>
    afterCase(async (caseContext, { id }) => {
      const document = later('it', [entity('Token', 'late')], relationships as never, AFTER);
      await importAt(caseContext, [document]);
      expect(await kindsOf(caseContext)).toEqual(['LATE_FINDING late']);
      expect((await requireCase(caseContext.store.journal, id)).state).toBe('INCOMPLETE');
      expect(await newestEvents(caseContext)).toEqual([
        'SNAPSHOT_IMPORTED',
        'LATE_FINDING',
        'CASE_INCOMPLETE',
      ]);
    }),
  );

  test('that brings a token of the family of one it revoked is a late finding', () =>
    afterCase(async (caseContext) => {
      await importAt(caseContext, [later('it', [entity('Token', 'late', { family: 'f' })], [], AFTER)]);
      expect(await kindsOf(caseContext)).toEqual(['LATE_FINDING late']);
    }));

  test('that brings what has nothing to do with it is nothing', () =>
    afterCase(async (caseContext, { id }) => {
      const tokens = [
        entity('Token', 'new', { family: 'other' }),
        entity('Token', 'dead', { status: 'REVOKED' }),
      ];
      const relationships = [link('ISSUED', 'bea.login', 'new'), link('ISSUED', 'login', 'dead')];
      await importAt(caseContext, [later('it', tokens, relationships, AFTER)]);
      expect(await kindsOf(caseContext)).toEqual([]);
      expect((await requireCase(caseContext.store.journal, id)).state).toBe('VERIFIED');
    }));

  test('records a knowing of before the rotation as ended', () =>
    afterCase(async (caseContext) => {
      await importAt(caseContext, [later('it', [], [link('KNOWS', 'ada', 'door', { how: 'READ' })], AFTER)]);
      const [page] = await caseContext.store.relationshipsOf(
        [{ id: 'ada', direction: 'OUT', types: ['KNOWS'], limit: 10 }],
        HEAD,
      );
      expect(page?.relationships).toEqual([]);
      expect(await kindsOf(caseContext)).toEqual([]);
    }));

  test('of the knowing of the new value of a secret is a late finding where it is the one who left', () =>
    afterCase(async (caseContext) => {
      const read = { how: 'READ', lastReadAt: '2026-11-23T09:20:00.000Z' };
      await importAt(caseContext, [
        later('it', [], [link('KNOWS', 'ada', 'door', read), link('KNOWS', 'bea', 'door', read)], AFTER),
      ]);
      expect(await kindsOf(caseContext)).toEqual(['LATE_FINDING door']);
    }));

  test('adopts what the case provisioned, by kind and what its source calls it', () =>
    afterCase(async (caseContext) => {
      const [made] = (
        await caseContext.store.list(
          {
            search: 'tendril/Token',
            now: caseContext.clock.now(),
            order: { field: 'ID', direction: 'ASC' },
            limit: 10,
          },
          HEAD,
        )
      ).entities;
      const draft = await caseContext.store.write({ now: caseContext.clock.now() });
      const { lastSeenAt: _, ...record } = made!;
      await draft.putEntities([{ ...record, externalId: 'key-2' }]);
      await draft.commit([]);
      const seen = entity('Token', 'it/key-2', { externalId: 'key-2', name: 'the new key' });
      await importAt(caseContext, [later('it', [seen], [], AFTER)]);
      const [under, own] = await caseContext.store.entities([made!.id, 'it/key-2'], HEAD);
      expect(under).toMatchObject({ id: made!.id, name: 'the new key', status: 'ACTIVE' });
      expect(own).toBeUndefined();
      expect(await kindsOf(caseContext)).toEqual([]);
    }));
});
