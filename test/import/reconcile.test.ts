import { describe, expect, test } from '@jest/globals';
import { CASES, type RelationshipClaim } from '../../src/model/claims.js';
import type { EntityRecord, RelationshipKey } from '../../src/model/entity.js';
import type { Draft } from '../../src/store/draft.js';
import type { Store } from '../../src/store/store.js';
import {
  dayOf,
  document,
  exported,
  importDocuments,
  NOW,
  OPTIONS,
  openFrom,
  statusOf,
  withStore,
} from './support.js';

const LATEST = Number.MAX_SAFE_INTEGER;
const ada = { kind: 'Account', id: 'ada' } as const;
const bob = { kind: 'Account', id: 'bob' } as const;
const group = { kind: 'Group', id: 'group' } as const;
const token = { kind: 'Token', id: 'token' } as const;
const secret = { kind: 'Secret', id: 'secret' } as const;
const issued = { type: 'ISSUED', from: 'ada', to: 'token' } as const;
const member = { type: 'MEMBER_OF', from: 'ada', to: 'group' } as const;

async function entityOf(store: Store, id: string): Promise<EntityRecord> {
  return (await store.entities([id], LATEST))[0] as EntityRecord;
}

/** What a case does: it writes beside the sources. */
async function inCase(store: Store, work: (draft: Draft) => Promise<void>): Promise<void> {
  const draft = await store.write({ now: NOW });
  await work(draft);
  await draft.commit([
    { type: 'TEST', actor: OPTIONS.actor, reason: null, case: 'c', entity: null, before: null, after: null },
  ]);
}

function setByCase(store: Store, id: string, status: string, day: number, properties = {}): Promise<void> {
  return inCase(store, async (draft) => {
    const { lastSeenAt: _, ...record } = await entityOf(store, id);
    const overlay = { status, at: Date.parse(dayOf(day)), case: 'c' };
    await draft.putEntities([
      { ...record, status, overlay, properties: { ...record.properties, ...properties } },
    ]);
  });
}

function claimByCase(day: number, open: boolean): RelationshipClaim {
  const at = Date.parse(dayOf(day));
  return {
    ...{
      source: CASES,
      open,
      reportedAt: at,
      startedAt: at,
      startedByWord: false,
      needs: null,
      required: true,
    },
    ...{ access: true, sustains: false, how: null, lastReadAt: null, scopes: [], evidence: null },
  };
}

async function keyOf(
  store: Store,
  type: RelationshipKey['type'],
  from: string,
  to: string,
): Promise<RelationshipKey> {
  const [start, end] = await Promise.all([entityOf(store, from), entityOf(store, to)]);
  return { type, from: start.number, to: end.number, permission: null };
}

describe('a full snapshot', () => {
  test('ends what is missing, and revives what is there again', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, bob, group], [member])]);
      expect(await importDocuments(store, [document('it', 2, [bob, group])])).toMatchObject({ ended: 1 });
      expect(await statusOf(store, 'ada')).toBe('DISABLED');
      await importDocuments(store, [document('it', 3, [ada, bob, group], [])]);
      expect(await statusOf(store, 'ada')).toBe('ACTIVE');
      expect(await openFrom(store, 'ada')).toEqual([]);
    });
  });

  test('ends a missing relationship, but not one that went missing with its end', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, bob, group, token], [member, issued])]);
      await importDocuments(store, [document('it', 2, [bob, group, token], [])]);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group', 'ISSUED token']);
      await importDocuments(store, [document('it', 3, [ada, bob, group, token], [member])]);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
    });
  });

  test('ends nothing of another source', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, group], [member])]);
      await importDocuments(store, [document('hr', 1, [bob], [member])]);
      await importDocuments(store, [document('it', 2, [ada, group], [])]);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
      await importDocuments(store, [document('hr', 2, [bob], [])]);
      expect(await openFrom(store, 'ada')).toEqual([]);
    });
  });

  test('again, and later with the same content, rewrites no row', async () => {
    await withStore(async (store) => {
      const first = await importDocuments(store, [document('it', 1, [ada, group, token], [member, issued])]);
      const again = await importDocuments(store, [document('it', 1, [ada, group, token], [member, issued])]);
      expect(again).toMatchObject({ revision: first.revision, unchanged: 5, created: 0 });
      expect(await store.journal.auditEvents({ limit: 10 })).toHaveLength(1);
      const later = await importDocuments(store, [document('it', 2, [ada, group, token], [member, issued])]);
      expect(later).toMatchObject({ revision: first.revision + 1, unchanged: 5, updated: 0 });
      for await (const { entities, relationships } of store.scan(first.revision, later.revision)) {
        expect([entities.count, relationships.count]).toEqual([0, 0]);
      }
      const [source] = await store.sources(LATEST);
      expect(source).toMatchObject({ syncedAt: Date.parse(dayOf(2)), fullSyncedAt: Date.parse(dayOf(2)) });
      expect((await entityOf(store, 'ada')).lastSeenAt).toBe(Date.parse(dayOf(2)));
    });
  });

  test('that repeats a relationship holds the stronger claim, and is no change when it comes again', async () => {
    await withStore(async (store) => {
      const job = { kind: 'Job', id: 'job' } as const;
      const uses = { type: 'USES', from: 'job', to: 'token' } as const;
      const lines = [
        { ...uses, required: false },
        { ...uses },
        { ...uses, required: false, evidence: 'log' },
      ];
      const first = await importDocuments(store, [document('it', 1, [job, token], lines)]);
      expect(first).toMatchObject({ created: 3, updated: 0 });
      const [record] = await store.relationships([await keyOf(store, 'USES', 'job', 'token')], LATEST);
      expect(record).toMatchObject({ required: true, evidence: 'log' });
      const again = await importDocuments(store, [document('it', 1, [job, token], lines)]);
      expect(again).toMatchObject({ revision: first.revision, unchanged: 3 });
    });
  });
});

describe('what is left out', () => {
  test('has its default', async () => {
    await withStore(async (store) => {
      const resource = { kind: 'Resource', id: 'r' } as const;
      const access = { type: 'CAN_ACCESS', from: 'ada', to: 'r' } as const;
      await importDocuments(store, [document('it', 4, [ada, resource], [access])]);
      expect(await entityOf(store, 'ada')).toMatchObject({
        name: 'ada',
        status: 'ACTIVE',
        createdAt: null,
        externalId: null,
        properties: { managed: true },
        firstSeenAt: Date.parse(dayOf(4)),
      });
      const key = await keyOf(store, 'CAN_ACCESS', 'ada', 'r');
      const [record] = await store.relationships([{ ...key, permission: 'READ' }], LATEST);
      expect(record).toMatchObject({ open: true, startedAt: Date.parse(dayOf(4)), scopes: [] });
      const [source] = await store.sources(LATEST);
      expect(source).toMatchObject({ actuation: 'MANUAL', reports: ['Account', 'CAN_ACCESS', 'Resource'] });
    });
  });

  test('of a delta stays, and an item of it replaces the whole item', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [{ ...ada, login: 'a' }, bob, group], [member])]);
      const change = document(
        'it',
        2,
        [
          { ...ada, name: 'Ada' },
          { ...bob, ended: true },
        ],
        [],
        'delta',
      );
      expect(await importDocuments(store, [change])).toMatchObject({ updated: 1, ended: 1 });
      expect(await entityOf(store, 'ada')).toMatchObject({ name: 'Ada', properties: { managed: true } });
      expect((await entityOf(store, 'ada')).properties).not.toHaveProperty('login');
      expect([await statusOf(store, 'bob'), await statusOf(store, 'group')]).toEqual(['DISABLED', 'ACTIVE']);
      expect(await openFrom(store, 'ada')).toEqual(['MEMBER_OF group']);
    });
  });
});

describe('after a case', () => {
  test('an older snapshot does not undo it, a later one that shows the thing alive is believed', async () => {
    await withStore(async (store) => {
      const full = (day: number) => document('it', day, [ada, group], [member]);
      await importDocuments(store, [full(1)]);
      await setByCase(store, 'ada', 'DISABLED', 5);
      const key = await keyOf(store, 'MEMBER_OF', 'ada', 'group');
      await inCase(store, async (draft) => {
        const [record] = await draft.relationships([key]);
        await draft.putRelationships([
          { ...key, claims: [claimByCase(5, false), ...(record?.claims ?? [])] },
        ]);
      });
      await importDocuments(store, [full(4)]);
      expect([await statusOf(store, 'ada'), await openFrom(store, 'ada')]).toEqual(['DISABLED', []]);
      expect(await importDocuments(store, [full(6)])).toMatchObject({ updated: 2 });
      expect([await statusOf(store, 'ada'), await openFrom(store, 'ada')]).toEqual([
        'ACTIVE',
        ['MEMBER_OF group'],
      ]);
      expect((await entityOf(store, 'ada')).overlay).not.toBeNull();
    });
  });

  test('a person who knows only a value from before its rotation is recorded as knowing nothing', async () => {
    await withStore(async (store) => {
      const full = (day: number, lastReadAt?: string) =>
        document(
          'it',
          day,
          [ada, secret],
          [{ type: 'KNOWS', from: 'ada', to: 'secret', ...(lastReadAt === undefined ? {} : { lastReadAt }) }],
        );
      await importDocuments(store, [full(1)]);
      expect(await openFrom(store, 'ada')).toEqual(['KNOWS secret']);
      await setByCase(store, 'secret', 'ACTIVE', 5, { rotatedAt: Date.parse(dayOf(5)) });
      await importDocuments(store, [full(6)]);
      expect(await openFrom(store, 'ada')).toEqual([]);
      await importDocuments(store, [full(7, dayOf(5))]);
      expect(await openFrom(store, 'ada')).toEqual([]);
      await importDocuments(store, [full(8, dayOf(6))]);
      expect(await openFrom(store, 'ada')).toEqual(['KNOWS secret']);
      expect((await entityOf(store, 'secret')).properties.rotatedAt).toBe(Date.parse(dayOf(5)));
    });
  });

  test('a rotation that only the source reports ends no knowledge', async () => {
    await withStore(async (store) => {
      const rotated = { ...secret, rotatedAt: dayOf(5) };
      await importDocuments(store, [
        document('it', 6, [ada, rotated], [{ type: 'KNOWS', from: 'ada', to: 'secret' }]),
      ]);
      expect(await openFrom(store, 'ada')).toEqual(['KNOWS secret']);
    });
  });

  test('what it provisioned is not swept until its source has adopted it', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, bob])]);
      const own = 'tendril/Token/0123';
      await inCase(store, async (draft) => {
        const [number] = (await draft.assignNumbers([own])) as [number];
        const at = Date.parse(dayOf(5));
        const { lastSeenAt: _, ...like } = await entityOf(store, 'ada');
        const claim = { present: true, status: 'ACTIVE', reportedAt: at };
        const overlay = { status: 'ACTIVE', at, case: 'c' };
        await draft.putEntities([
          {
            ...like,
            number,
            id: own,
            kind: 'Token',
            externalId: '77',
            claim,
            overlay,
            properties: {},
            firstSeenAt: at,
          },
        ]);
      });
      const another = document('tendril', 6, [{ kind: 'Token', id: 'tendril/Token/4567' }]);
      await expect(importDocuments(store, [another])).rejects.toMatchObject({
        details: { problems: [{ field: 'source.id', rule: 'BAD_ID' }] },
      });
      await importDocuments(store, [document('it', 6, [ada, bob])]);
      expect(await statusOf(store, own)).toBe('ACTIVE');
      const theirs = { kind: 'Token', id: 'it/77', externalId: '77', name: 'ours' } as const;
      const adopting = document('it', 7, [ada, bob, theirs], [{ type: 'ISSUED', from: 'ada', to: 'it/77' }]);
      expect(await importDocuments(store, [adopting])).toMatchObject({ created: 1, updated: 1 });
      expect(await entityOf(store, own)).toMatchObject({ name: 'ours', status: 'ACTIVE' });
      expect(await openFrom(store, 'ada')).toEqual([`ISSUED ${own}`]);
      await importDocuments(store, [document('it', 8, [ada, bob])]);
      expect(await statusOf(store, own)).toBe('REVOKED');
    });
  });

  test('what it provisioned is exported as the source tendril, which comes back only into a store without one', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [ada, group], [member])]);
      const key = await keyOf(store, 'MEMBER_OF', 'ada', 'group');
      await inCase(store, async (draft) => {
        const [record] = await draft.relationships([key]);
        await draft.putRelationships([{ ...key, claims: [claimByCase(5, true), ...(record?.claims ?? [])] }]);
      });
      const files = await exported(store);
      expect(Object.keys(files)).toEqual(['it', 'tendril']);
      expect(files.tendril).toContain('MEMBER_OF');
      await expect(importDocuments(store, [parsed(files.tendril ?? '')])).rejects.toMatchObject({
        details: { problems: [{ field: 'source.id', rule: 'BAD_ID' }] },
      });
      await withStore(async (empty) => {
        const documents = Object.values(files).map(parsed);
        await importDocuments(empty, documents);
        expect(await exported(empty)).toEqual(files);
        await expect(importDocuments(empty, documents)).rejects.toMatchObject({ code: 'SNAPSHOT_REFUSED' });
      });
    });
  });
});

/** NDJSON as a document. */
function parsed(text: string): unknown {
  const [header, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    ...header,
    entities: lines.flatMap(({ entity }) => entity ?? []),
    relationships: lines.flatMap(({ relationship }) => relationship ?? []),
  };
}

describe('the human with an address', () => {
  const email = 'Ada@acme.example';
  const old = { kind: 'Human', id: 'hr/1', email } as const;
  const rehired = { kind: 'Human', id: 'hr/2', email } as const;
  const others = [3, 4].map((at) => ({ kind: 'Human', id: `hr/${at}` }) as const);
  const login = { type: 'HAS_ACCOUNT', from: { humanEmail: 'ada@acme.example' }, to: 'ada' } as const;
  const people = (day: number, ...more: readonly (typeof old | typeof rehired)[]) =>
    document('hr', day, [...others, ...more]);

  test('is the present human, and not one who left, in the same import and after it', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [people(1, old)]);
      await importDocuments(store, [people(2, rehired), document('it', 2, [ada], [login])]);
      expect([await openFrom(store, 'hr/1'), await openFrom(store, 'hr/2')]).toEqual([
        [],
        ['HAS_ACCOUNT ada'],
      ]);
      await importDocuments(store, [document('it', 3, [ada, bob], [login, { ...login, to: 'bob' }])]);
      expect(await openFrom(store, 'hr/2')).toEqual(['HAS_ACCOUNT ada', 'HAS_ACCOUNT bob']);
    });
  });

  test('is a human who left where no other has it, and none where two are present or two left', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [people(1, old)]);
      await importDocuments(store, [people(2)]);
      const logins = (day: number) => document('it', day, [ada], [login]);
      const elsewhere = (day: number, ...more: readonly { kind: 'Human'; id: string }[]) =>
        document('idp', day, [...[3, 4].map((at) => ({ kind: 'Human' as const, id: `idp/${at}` })), ...more]);
      await importDocuments(store, [logins(2)]);
      expect(await openFrom(store, 'hr/1')).toEqual(['HAS_ACCOUNT ada']);
      await importDocuments(store, [people(3, old), elsewhere(3, { ...rehired, id: 'idp/1' })]);
      await expect(importDocuments(store, [logins(3)])).rejects.toMatchObject({ code: 'SNAPSHOT_REFUSED' });
      await importDocuments(store, [people(4), elsewhere(4)]);
      await expect(importDocuments(store, [logins(4)])).rejects.toMatchObject({ code: 'SNAPSHOT_REFUSED' });
    });
  });
});

describe('the audit event', () => {
  test('has who, why and the outcome, once a source', async () => {
    await withStore(async (store) => {
      const files = [
        document('it', 1, [ada, group], [member]),
        document('hr', 1, [{ kind: 'Human', id: 'h' }]),
      ];
      await importDocuments(store, files, { reason: 'first' });
      const events = await store.journal.auditEvents({ limit: 10 });
      expect(events.map(({ after }) => after)).toMatchObject([
        { source: 'it', mode: 'full', syncedAt: dayOf(1), forced: false, created: 3, ended: 0 },
        { source: 'hr', created: 1 },
      ]);
      expect(events[0]).toMatchObject({ type: 'SNAPSHOT_IMPORTED', reason: 'first', actor: OPTIONS.actor });
      // Only the source that has something new gets another.
      await importDocuments(store, [files[0], document('hr', 2, [{ kind: 'Human', id: 'h' }])]);
      expect(
        (await store.journal.auditEvents({ after: 2, limit: 10 })).map(({ after }) => after?.source),
      ).toEqual(['hr']);
    });
  });
});
