import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { removeSource, revertImport, type TakeBackOptions } from '../../src/import/index.js';
import { type ErrorCode, TendrilError } from '../../src/model/errors.js';
import type { Store } from '../../src/store/store.js';
import { companyArbitrary } from '../property/arbitrary/company.js';
import { isEmpty } from '../property/arbitrary/documents.js';
import {
  type Draft,
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

const options = (over: Partial<TakeBackOptions> = {}): TakeBackOptions => ({
  actor: OPTIONS.actor,
  reason: 'it was the wrong file',
  now: NOW,
  openCases: { about: async () => [] },
  ...over,
});

const ENTITIES: Readonly<Record<string, readonly { kind: string; id: string }[]>> = {
  a: [
    { kind: 'Account', id: 'a/ada' },
    { kind: 'Account', id: 'a/bob' },
    { kind: 'Token', id: 'a/token' },
  ],
  b: [
    { kind: 'Group', id: 'b/group' },
    { kind: 'Account', id: 'b/eve' },
  ],
};
const LINKS = [
  { type: 'ISSUED', from: 'a/ada', to: 'a/token' },
  { type: 'KNOWS', from: 'a/bob', to: 'a/token' },
  { type: 'KNOWS', from: 'b/eve', to: 'a/token' },
  { type: 'MEMBER_OF', from: 'a/ada', to: 'b/group' },
  { type: 'MEMBER_OF', from: 'b/eve', to: 'b/group' },
];

/** The error with which something is refused. */
async function refused(code: ErrorCode, work: Promise<unknown>): Promise<TendrilError> {
  const error = await work.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TendrilError) || error.code !== code) throw error;
  return error;
}

/** One import: what a source says of its own things, and of relationships between anybody's. */
const stepArbitrary = fc.record({
  source: fc.constantFrom('a', 'b'),
  full: fc.boolean(),
  entities: fc.array(fc.option(fc.nat({ max: 2 }), { freq: 3 }), { minLength: 3, maxLength: 3 }),
  links: fc.array(fc.option(fc.nat({ max: 2 }), { freq: 3 }), {
    minLength: LINKS.length,
    maxLength: LINKS.length,
  }),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

function documentOf({ source, full, entities, links }: Step, day: number): Draft {
  const told = <T>(all: readonly T[], said: readonly (number | null)[], over: (version: number) => object) =>
    all.flatMap((one, at) => {
      const version = said[at];
      if (version === null || version === undefined) return [];
      return [{ ...one, ...over(version), ...(full || version > 0 ? {} : { ended: true }) }];
    });
  return document(
    source,
    day,
    told(ENTITIES[source]!, entities, (version) => ({ name: `version ${version}` })) as never,
    told(LINKS, links, (version) => ({ evidence: `version ${version}` })) as never,
    full ? 'full' : 'delta',
  );
}

/** Imports in order; gives the revision of each that changed something, else null. */
async function replay(store: Store, documents: readonly Draft[]): Promise<(number | null)[]> {
  const revisions: (number | null)[] = [];
  for (const one of documents) {
    const known = (await store.sources(Number.MAX_SAFE_INTEGER)).some(({ id }) => id === one.source.id);
    // A new source that reports nothing is refused.
    const empty = one.entities?.length === 0 && one.relationships?.length === 0 && !known;
    const { revision: before } = await store.head();
    const { revision } = empty
      ? { revision: before }
      : await importDocuments(store, [one], { force: true, dangling: 'skip' }).catch(skipEmpty(before));
    revisions.push(revision === before ? null : revision);
  }
  return revisions;
}

/** A new source all of whose items were skipped is refused, too. */
const skipEmpty = (revision: number) => (error: { details?: { problems?: { rule: string }[] } }) => {
  if (error.details?.problems?.every(({ rule }) => rule === 'EMPTY_SOURCE')) return { revision };
  throw error;
};

async function stateOf(store: Store): Promise<unknown> {
  const ids = Object.values(ENTITIES).flatMap((all) => all.map(({ id }) => id));
  const entities = await store.entities(ids, Number.MAX_SAFE_INTEGER);
  const seen = entities.map((one) => one && [one.name, one.status, one.firstSeenAt, one.lastSeenAt]);
  const { total } = await store.list(
    { now: NOW, order: { field: 'ID', direction: 'ASC' }, limit: 10 },
    Number.MAX_SAFE_INTEGER,
  );
  return { files: await exported(store), seen, total };
}

const stateAfter = (documents: readonly Draft[]) =>
  withStore(async (store) => {
    await replay(store, documents);
    return stateOf(store);
  });

describe('taking back', () => {
  test('the last imports of a source leaves what the others alone would have made', async () => {
    const story = fc.record({
      steps: fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }),
      source: fc.constantFrom('a', 'b'),
      times: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ steps, source, times }) => {
        const documents = steps.map((step, at) => documentOf(step, at + 1));
        await withStore(async (store) => {
          const revisions = await replay(store, documents);
          const earlier = await exported(store);
          const head = (await store.head()).revision;
          const left = documents.map((one, at) => ({ one, revision: revisions[at] ?? null }));
          const mine = left.filter(({ one, revision }) => one.source.id === source && revision !== null);
          for (const { revision } of mine.slice(-times).reverse()) {
            await revertImport(store, revision as number, options());
            // What changed nothing when it came says nothing of its own.
            left.splice(
              left.findIndex((one) => one.revision === revision),
              1,
            );
          }
          const others = left.filter(({ revision }) => revision !== null).map(({ one }) => one);
          expect(await stateOf(store)).toEqual(await stateAfter(others));
          expect(await exported(store, head)).toEqual(earlier);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('a whole source leaves what the others alone would have made, and the past as it was', async () => {
    await fc.assert(
      fc.asyncProperty(companyArbitrary({ maxEntities: 16 }), fc.nat(), async (company, which) => {
        const documents = company.documents.filter((one) => !isEmpty(one));
        fc.pre(documents.length > 0);
        const { id } = documents[which % documents.length]!.source;
        const how = { now: company.now, force: true, dangling: 'skip' } as const;
        const others = documents.filter(({ source }) => source.id !== id);
        await withStore(async (store) => {
          for (const one of documents) await importDocuments(store, [one], how);
          const before = await exported(store);
          const { revision } = await store.head();
          await removeSource(store, id, options({ now: company.now }));
          const expected = await withStore(async (other) => {
            for (const one of others) await importDocuments(other, [one], how).catch(skipEmpty(0));
            return exported(other);
          });
          expect(await exported(store)).toEqual(expected);
          expect(await exported(store, revision)).toEqual(before);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('is one commit with one audit event, which counts it', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('a', 1, ENTITIES.a as never, LINKS.slice(0, 2) as never)]);
      const counted = await removeSource(store, 'a', options({ dryRun: true }));
      expect((await store.head()).revision).toBe(1);
      const gone = await removeSource(store, 'a', options());
      expect(gone).toEqual({ ...counted, revision: 2 });
      expect(gone).toMatchObject({ goneEntities: 3, goneRelationships: 2, sources: ['a'], cases: [] });
      const events = await store.journal.auditEvents({ after: 1, limit: 9 });
      expect(events).toMatchObject([
        {
          type: 'SOURCE_REMOVED',
          revision: 2,
          reason: 'it was the wrong file',
          after: { source: 'a', goneEntities: 3 },
        },
      ]);
      expect(await statusOf(store, 'a/ada')).toBeUndefined();
      // It may come again, as a new source.
      await importDocuments(store, [document('a', 1, ENTITIES.a as never, LINKS.slice(0, 2) as never)]);
      expect(await statusOf(store, 'a/ada')).toBe('ACTIVE');
    });
  });

  test('keeps what a case did to a thing', async () => {
    await withStore(async (store) => {
      const said = (day: number, name: string) =>
        document('a', day, [{ kind: 'Token', id: 'a/token', name }]);
      await importDocuments(store, [said(1, 'one')]);
      await importDocuments(store, [said(2, 'two')]);
      const draft = await store.write({ now: NOW });
      const [record] = await draft.entities([1]);
      const { lastSeenAt: _, ...write } = record!;
      const overlay = { status: 'REVOKED', at: NOW, case: 'tendril/case/1' };
      await draft.putEntities([{ ...write, overlay, status: 'REVOKED' }]);
      await draft.commit([]);
      await revertImport(store, 2, options());
      const [after] = await store.entities(['a/token'], 9);
      expect(after).toMatchObject({ name: 'one', status: 'REVOKED', overlay });
    });
  });

  test('and bringing it again does not undo what a case did before', async () => {
    await withStore(async (store) => {
      const entities = [
        { kind: 'Account', id: 'a/ada' },
        { kind: 'Token', id: 'a/token' },
        { kind: 'Group', id: 'a/group' },
      ] as const;
      const links = [
        { type: 'ISSUED', from: 'a/ada', to: 'a/token' },
        { type: 'MEMBER_OF', from: 'a/ada', to: 'a/group' },
      ] as const;
      const said = (day: number) => document('a', day, entities, links);
      await importDocuments(store, [said(1)]);
      const draft = await store.write({ now: NOW });
      const [record] = await draft.entities([2]);
      const { lastSeenAt: _, ...write } = record!;
      const overlay = { status: 'REVOKED', at: Date.parse(dayOf(5)), case: 'tendril/case/1' };
      await draft.putEntities([{ ...write, overlay, status: 'REVOKED' }]);
      const member = { type: 'MEMBER_OF', from: 1, to: 3, permission: null } as const;
      const [open] = await draft.relationships([member]);
      const ending = { ...open!.claims[0]!, source: 0, open: false, reportedAt: Date.parse(dayOf(5)) };
      await draft.putRelationships([{ ...member, claims: [ending, ...open!.claims] }]);
      await draft.commit([]);
      await removeSource(store, 'a', options());
      // What was read before the case does not undo it; what was read after it is believed.
      await importDocuments(store, [said(1)]);
      expect(await statusOf(store, 'a/token')).toBe('REVOKED');
      expect(await openFrom(store, 'a/ada')).toEqual(['ISSUED a/token']);
      await importDocuments(store, [said(9)]);
      expect(await statusOf(store, 'a/token')).toBe('ACTIVE');
      expect(await openFrom(store, 'a/ada')).toEqual(['MEMBER_OF a/group', 'ISSUED a/token']);
    });
  });

  test('is refused where an open case is about what changes, unless forced', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('a', 1, ENTITIES.a as never)]);
      const seen: string[] = [];
      const openCases = {
        about: async (ids: ReadonlySet<string>) => {
          seen.push(...ids);
          return ['tendril/case/1'];
        },
      };
      const error = await refused('CONFLICT', removeSource(store, 'a', options({ openCases })));
      expect(error.message).toContain('tendril/case/1');
      expect(error.details).toEqual({ offboardings: ['tendril/case/1'] });
      expect(seen.sort()).toEqual(['a/ada', 'a/bob', 'a/token']);
      expect((await store.head()).revision).toBe(1);
      expect(await removeSource(store, 'a', options({ openCases, force: true }))).toMatchObject({
        cases: ['tendril/case/1'],
      });
      expect((await store.journal.auditEvents({ after: 1, limit: 1 }))[0]?.after).toMatchObject({
        forced: true,
      });
    });
  });

  test('is refused for what is no source, no import, taken back already, or overtaken', async () => {
    await withStore(async (store) => {
      const said = (day: number, id: string) =>
        document('a', day, [{ kind: 'Account', id: 'a/ada', name: id }]);
      await importDocuments(store, [said(1, 'one')]);
      await importDocuments(store, [said(2, 'two')]);
      expect((await refused('NOT_FOUND', removeSource(store, 'c', options()))).message).toContain(
        'There are a.',
      );
      await refused('NOT_FOUND', revertImport(store, 7, options()));
      expect((await refused('CONFLICT', revertImport(store, 1, options()))).message).toContain('revision 2');
      await revertImport(store, 2, options());
      expect((await refused('CONFLICT', revertImport(store, 2, options()))).message).toContain('already');
      await revertImport(store, 1, options());
      expect(await store.sources(9)).toEqual([]);
      await refused('NOT_FOUND', removeSource(store, 'a', options()));
    });
  });
});
