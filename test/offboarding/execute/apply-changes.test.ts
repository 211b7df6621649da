import { describe, expect, test } from '@jest/globals';
import { typeOfRole } from '../../../src/model/relationships.js';
import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';
import { applyChanges } from '../../../src/offboarding/execute/apply-changes.js';
import { applyRotation, completeRotation } from '../../../src/offboarding/execute/rotation.js';
import type { Change } from '../../../src/offboarding/plan/change.js';
import type { Action } from '../../../src/offboarding/plan/plan.js';
import type { Draft } from '../../../src/store/draft.js';
import type { Store } from '../../../src/store/store.js';
import { dayOf, document, importDocuments, openFrom, statusOf, withStore } from '../../import/support.js';

const CASE = 'tendril/case/1';
const at = (day: number) => Date.parse(dayOf(day));
const how = (day: number, externalId: string | null = null) => ({ case: CASE, at: at(day), externalId });

const ada: Partial<SnapshotEntity> = { kind: 'Account', id: 'ada', name: 'Ada' };
const group: Partial<SnapshotEntity> = { kind: 'Group', id: 'group', name: 'Group' };
const token: Partial<SnapshotEntity> = { kind: 'Token', id: 'token', name: 'T' };
const secret: Partial<SnapshotEntity> = { kind: 'Secret', id: 'secret', name: 'S' };
const member: Partial<SnapshotRelationship> = { type: 'MEMBER_OF', from: 'ada', to: 'group' };
const stored: Partial<SnapshotRelationship> = { type: 'STORED_IN', from: 'token', to: 'secret' };
const knows: Partial<SnapshotRelationship> = { type: 'KNOWS', from: 'ada', to: 'secret' };

async function inDraft<T>(store: Store, work: (draft: Draft) => Promise<T>): Promise<T> {
  const draft = await store.write({ now: at(28) });
  try {
    const result = await work(draft);
    await draft.commit([]);
    return result;
  } finally {
    await draft.abort();
  }
}

const apply = (store: Store, changes: readonly Change[], day: number, externalId: string | null = null) =>
  inDraft(store, (draft) => applyChanges(draft, changes, how(day, externalId)));

const disable: Change = { change: 'SET_STATUS', entity: 'ada', status: 'DISABLED' };
const leave: Change = {
  change: 'END',
  relationship: { type: typeOfRole('MEMBERSHIP'), from: 'ada', to: 'group' },
};

const entityOf = async (store: Store, id: string) => (await store.entities([id], Number.MAX_SAFE_INTEGER))[0];

describe('the changes of an action', () => {
  test('hold against what a source says of an earlier time, and give way to what it says of a later one', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, group], [member])]);
      expect(await apply(store, [disable, leave], 5)).toHaveLength(2);
      expect(await statusOf(store, 'ada')).toBe('DISABLED');
      expect(await openFrom(store, 'ada')).toEqual([]);
      await importDocuments(store, [document('it', 5, [ada, group], [member])]);
      expect(await statusOf(store, 'ada')).toBe('DISABLED');
      expect(await openFrom(store, 'ada')).toEqual([]);
      await importDocuments(store, [document('it', 6, [ada, group], [member])]);
      expect(await statusOf(store, 'ada')).toBe('ACTIVE');
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
    });
  });

  test('hold against a source whose clock is ahead', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 9, [ada, group], [member])]);
      await apply(store, [disable, leave], 5);
      expect(await statusOf(store, 'ada')).toBe('DISABLED');
      expect(await openFrom(store, 'ada')).toEqual([]);
    });
  });

  test('that open and are withdrawn leave what a source says, and end what only the case said', async () => {
    await withStore(async (store) => {
      const name = { type: typeOfRole('MEMBERSHIP'), from: 'ada', to: 'group' } as const;
      const withdraw: Change = { change: 'END', relationship: { ...name, withdrawn: true } };
      await importDocuments(store, [document('it', 1, [ada, group], [])]);
      await apply(store, [{ change: 'OPEN', relationship: name }], 2);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
      await apply(store, [withdraw], 3);
      expect(await openFrom(store, 'ada')).toEqual([]);
      await importDocuments(store, [document('it', 4, [ada, group], [member])]);
      await apply(store, [{ change: 'OPEN', relationship: { ...name, required: false } }], 5);
      await apply(store, [withdraw], 6);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
    });
  });

  test('made twice are made once', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, group], [member])]);
      const made: Change[] = [
        disable,
        leave,
        {
          change: 'CREATE',
          entity: {
            id: 'tendril/Token/1',
            kind: 'Token',
            name: 'new',
            source: 'it',
            properties: { scopes: ['a'] },
          },
        },
        {
          change: 'OPEN',
          relationship: { type: typeOfRole('ISSUANCE'), from: 'ada', to: 'tendril/Token/1' },
        },
      ];
      expect(await apply(store, made, 5)).toHaveLength(4);
      const { revision } = await store.head();
      expect(await apply(store, made, 6)).toEqual([]);
      expect((await store.head()).revision).toBe(revision);
    });
  });

  test('what is made belongs to the source it is made in, is what the answer calls it, and is not swept', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada])]);
      const entity = {
        id: 'tendril/Token/1',
        kind: 'Token',
        name: 'new',
        source: 'it',
        properties: { scopes: ['a'] },
      } as const;
      await apply(store, [{ change: 'CREATE', entity }], 5, '77');
      expect(await entityOf(store, entity.id)).toMatchObject({
        status: 'ACTIVE',
        externalId: '77',
        properties: { scopes: ['a'], selfContained: false },
        overlay: { case: CASE },
      });
      await importDocuments(store, [document('it', 6, [ada])]);
      expect(await statusOf(store, entity.id)).toBe('ACTIVE');
      await importDocuments(store, [document('it', 7, [ada, { ...token, externalId: '77' }])]);
      expect(await entityOf(store, entity.id)).toMatchObject({ name: 'T' });
      expect(await entityOf(store, 'token')).toBeUndefined();
    });
  });

  test('the same relationship may end and begin with other properties: the last word counts', async () => {
    await withStore(async (store) => {
      const job: Partial<SnapshotEntity> = { kind: 'Job', id: 'job', name: 'J' };
      await importDocuments(store, [
        document('it', 1, [job, token], [{ type: 'USES', from: 'job', to: 'token' }]),
      ]);
      const name = { type: typeOfRole('USE'), from: 'job', to: 'token' };
      await apply(
        store,
        [
          { change: 'END', relationship: name },
          { change: 'OPEN', relationship: { ...name, required: false } },
        ],
        5,
      );
      const [page] = await store.relationshipsOf(
        [{ id: 'job', direction: 'OUT', limit: 9 }],
        Number.MAX_SAFE_INTEGER,
      );
      // The source's own claim stands beside that of the case again, and the stronger of the two holds.
      expect(page?.relationships.map(({ open, claims }) => [open, claims.length])).toEqual([[true, 2]]);
    });
  });
});

describe('the rotation of a secret', () => {
  const action = (changes: readonly Change[]): Action => ({
    id: '5/ROTATE_SECRET/secret',
    phase: 5,
    kind: 'ROTATE_SECRET',
    entity: 'secret',
    source: 'it',
    dependsOn: [],
    changes,
    early: false,
    details: { unit: ['secret'], completeWhenDead: ['token'], consumers: [] },
  });
  const endings: Change[] = [
    { change: 'END', relationship: { type: typeOfRole('CUSTODY'), from: 'token', to: 'secret' } },
    { change: 'END', relationship: { type: typeOfRole('KNOWLEDGE'), from: 'ada', to: 'secret' } },
  ];
  const rotate = (store: Store, changes: readonly Change[], day: number) =>
    inDraft(store, (draft) => applyRotation(store, draft, action(changes), how(day)));
  const complete = (store: Store, day: number) =>
    inDraft(store, (draft) => completeRotation(store, draft, action(endings), how(day)));
  // What was made in the token's place is there already: the secret has something to hold.
  const next = { ...token, id: 'next' };
  const load = (store: Store) =>
    importDocuments(store, [
      document(
        'it',
        1,
        [ada, { ...token, expiresAt: dayOf(9) }, next, secret],
        [stored, { ...stored, from: 'next' }, knows],
      ),
    ]);

  test('is complete at once where every token that it stored is dead', async () => {
    await withStore(async (store) => {
      await load(store);
      await apply(store, [{ change: 'SET_STATUS', entity: 'token', status: 'REVOKED' }], 4);
      await rotate(store, endings, 5);
      expect(await entityOf(store, 'secret')).toMatchObject({
        status: 'ACTIVE',
        properties: { rotatedAt: at(5) },
      });
      expect(await openFrom(store, 'ada')).toEqual([]);
      expect(await openFrom(store, 'token')).toEqual([]);
    });
  });

  test('waits for a token that still works: until it is dead, who knew the value goes on knowing', async () => {
    await withStore(async (store) => {
      await load(store);
      await rotate(store, endings, 5);
      expect(await entityOf(store, 'secret')).toMatchObject({ status: 'ROTATION_REQUIRED' });
      expect((await entityOf(store, 'secret'))?.properties.rotatedAt).toBeUndefined();
      expect(await openFrom(store, 'token')).toEqual([]);
      expect(await openFrom(store, 'ada')).toEqual(['KNOWS secret']);
      expect(await complete(store, 8)).toEqual([]);
      // The token expires on the 9th.
      expect(await complete(store, 9)).not.toEqual([]);
      expect(await entityOf(store, 'secret')).toMatchObject({
        status: 'ACTIVE',
        properties: { rotatedAt: at(9) },
      });
      expect(await openFrom(store, 'ada')).toEqual([]);
      expect(await complete(store, 10)).toEqual([]);
    });
  });

  test('of what has nothing left to store is complete when it is revoked', async () => {
    await withStore(async (store) => {
      await load(store);
      await rotate(store, [...endings, { change: 'SET_STATUS', entity: 'secret', status: 'REVOKED' }], 5);
      expect(await entityOf(store, 'secret')).toMatchObject({ status: 'REVOKED' });
      expect(await openFrom(store, 'ada')).toEqual([]);
    });
  });

  test('made twice is made once', async () => {
    await withStore(async (store) => {
      await load(store);
      await apply(store, [{ change: 'SET_STATUS', entity: 'token', status: 'REVOKED' }], 4);
      await rotate(store, endings, 5);
      const before = await entityOf(store, 'secret');
      await complete(store, 6);
      expect(await entityOf(store, 'secret')).toEqual(before);
    });
  });
});
