import { describe, expect, jest, test } from '@jest/globals';
import { openNeo4j } from '../../../src/store/neo4j/index.js';
import type { Store } from '../../../src/store/store.js';
import { commit, EVERYTHING, factOf, linkOf, on, putNew, sourceOf, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { document, exported, importDocuments } from '../../import/support.js';
import { BadNetwork } from '../../support/neo4j/bad-network.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { testServer } from '../../support/neo4j/place.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

/** What a test may do: `near` reaches the server through a bad network, `direct` does not. */
interface Faulty {
  readonly near: Store;
  readonly direct: Store;
  readonly network: BadNetwork;
}

/** Patience of a store, in milliseconds; see `Neo4jOptions`. */
interface Patience {
  readonly answerMillis: number;
  readonly retryMillis?: number;
}

/** Longer than a busy machine takes for an answer, so that a store gives up only where a network lets it. */
const PATIENT: Patience = { answerMillis: 120_000 };
/** Repeats a transaction also where the first attempt took long. */
const PERSISTENT: Patience = { ...PATIENT, retryMillis: 120_000 };
/** For a network that says nothing: the test waits for the end of this patience. */
const IMPATIENT: Patience = { answerMillis: 10_000 };
/** Longer than any test may take. */
const ENDLESS: Patience = { answerMillis: 600_000 };

const faulty = (work: (faulty: Faulty) => Promise<void>, patience = PATIENT) =>
  on(openOnServer, async ({ store: direct }) => {
    const network = await BadNetwork.before(Number(new URL(testServer().uri).port));
    try {
      const near = await openNeo4j({ ...testServer(), uri: network.uri, ...patience });
      try {
        await work({ near, direct, network });
      } finally {
        network.resume();
        await near.close();
      }
    } finally {
      await network.close();
    }
  });

/** As if the lease of a writer that was lost had run out. */
const expire = () => byHand('MATCH (l:TendrilLease) SET l.expiresAt = 0');
/** As if no time had passed since the lease was renewed. */
const renew = () => byHand('MATCH (l:TendrilLease) SET l.expiresAt = timestamp() + 600000');

const factsOf = async (store: Store) =>
  (await store.journal.auditEvents({ limit: 1000 })).map(({ type }) => type);

describe('a commit whose answer is lost', () => {
  const few = ['a', 'b'];
  const many = Array.from({ length: 6000 }, (_, at) => `e${at}`);

  test.each([
    ['of few rows, before the head moves,', few, 0],
    ['of few rows, as the head moves,', few, 1],
    ['in batches, before the head moves,', many, 0],
    ['in batches, as the head moves,', many, 1],
  ])('%s is looked up, and reported as made, once', async (_how, ids, passing) => {
    await faulty(async ({ near, direct, network }) => {
      const draft = await near.write({ now: T0 });
      await putNew(draft, ids);
      // What is flushed before is another transaction, with a commit of its own.
      await draft.humansByEmail(['nobody@x.example']);
      const lost = network.loseNextCommit(passing);
      const { revision } = await draft.commit([factOf('import.committed')]);
      await lost;
      expect(revision).toBe(1);
      expect(await direct.head()).toMatchObject({ revision: 1 });
      expect((await direct.list({ ...EVERYTHING, limit: 1 }, 1)).total).toBe(ids.length);
      expect(await factsOf(direct)).toEqual(['import.committed']);
      expect((await commit(near, (next) => putNew(next, ['next']))).revision).toBe(2);
      expect((await direct.diagnose()).problems).toEqual([]);
    }, PERSISTENT)();
  });

  test(
    'before the head moved, with no server to ask: it was not made, and the next writer undoes it',
    faulty(async ({ near, direct, network }) => {
      await commit(direct, (next) => putNew(next, ['a']), { facts: [factOf('first')] });
      const draft = await near.write({ now: T0 + 1 });
      await putNew(draft, ['x']);
      await draft.putSource(sourceOf({ id: 'hr', name: 'changed' }));
      await draft.putDocuments([{ collection: 'plan', key: 'k', body: {} }]);
      const lost = network.loseNextCommit().then(() => network.refuse());
      await refused('UNAVAILABLE', draft.commit([factOf('second')]));
      await lost;
      const seen = async () => [
        await direct.head(),
        await direct.revisionAt(T0 + 1),
        await direct.sources(9),
        await factsOf(direct),
        await direct.entities(['x'], 9),
        await direct.journal.documents('plan', ['k']),
      ];
      expect(await byHand('MATCH (r:TendrilRevision) RETURN count(r) AS prepared')).toEqual([
        { prepared: 2 },
      ]);
      const first = { revision: 1, at: T0 };
      const hr = expect.objectContaining({ id: 'hr', name: null });
      expect(await seen()).toEqual([first, first, [hr], ['first'], [undefined], [undefined]]);
      await expire();
      await (await direct.write({ now: T0 })).abort();
      expect(await seen()).toEqual([first, first, [hr], ['first'], [undefined], [undefined]]);
      const left = `RETURN COUNT { MATCH (r:TendrilRevision) } AS revisions, COUNT { MATCH (a:TendrilAudit) } AS events,
        COUNT { MATCH (s:TendrilSource) } AS sources, COUNT { MATCH (d:TendrilDraft) } AS notes`;
      expect(await byHand(left)).toEqual([{ revisions: 1, events: 1, sources: 1, notes: 0 }]);
      network.resume();
      expect((await commit(near, (next) => putNew(next, ['y']))).revision).toBe(2);
    }),
  );

  test(
    'is reported as unknown with no server to ask, and a repetition changes nothing',
    faulty(async ({ near, direct, network }) => {
      const documents = [document('it', 1, [{ kind: 'Account', id: 'a', name: 'a' }])];
      const draft = await near.write({ now: T0 });
      await putNew(draft, ['x']);
      const lost = network.loseNextCommit(1).then(() => network.refuse());
      await expect(draft.commit([])).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringContaining('it is not known whether it was'),
      });
      await lost;
      expect((await direct.head()).revision).toBe(1);
      network.resume();
      await expire();
      const first = await importDocuments(near, documents);
      expect(await importDocuments(near, documents)).toMatchObject({ revision: first.revision, created: 0 });
      expect(first.revision).toBe(2);
    }),
  );
});

test(
  'a writer that could not release its lease does not keep the next one of its process waiting',
  faulty(async ({ near, direct, network }) => {
    const draft = await near.write({ now: T0 });
    await putNew(draft, ['x']);
    network.refuse();
    await refused('UNAVAILABLE', draft.commit([]));
    // It waits until the first has given up releasing the lease, and gets no answer from the server either.
    await refused('UNAVAILABLE', near.write({ now: T0 }));
    network.resume();
    // It still holds the lease, as other processes see.
    await renew();
    await refused('CONFLICT', direct.write({ now: T0, waitMillis: 0 }));
    const next = await near.write({ now: T0, waitMillis: 0 });
    await putNew(next, ['y']);
    expect(await next.commit([])).toMatchObject({ revision: 1 });
    expect((await direct.entities(['x', 'y'], 1)).map((entity) => entity?.id)).toEqual([undefined, 'y']);
  }),
);

test(
  'writers that wait while the server cannot be reached fail together with the first, not one after the other',
  faulty(async ({ near, direct, network }) => {
    const draft = await near.write({ now: T0 });
    network.refuse();
    let told = 0;
    const [first, ...others] = Array.from({ length: 4 }, () =>
      refused('UNAVAILABLE', near.write({ now: T0 })).then(() => {
        told += 1;
      }),
    );
    await draft.abort();
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBe(1 + others.length);
    network.resume();
    expect((await commit(near, (next) => putNew(next, ['a']))).revision).toBe(1);
    expect((await direct.entities(['a'], 1)).map((entity) => entity?.id)).toEqual(['a']);
  }),
);

describe('a network that is cut', () => {
  /** A source that is a little different each day. */
  const day = (at: number) => {
    const some = Array.from({ length: 40 }, (_, one) => one).filter((one) => one % 7 !== at % 7);
    return document(
      'it',
      at,
      some.flatMap((one) => [
        { kind: 'Account', id: `a/${one}`, name: `version ${at}` },
        { kind: 'Token', id: `t/${one}` },
      ]),
      some.map((one) => ({ type: 'ISSUED', from: `a/${one}`, to: `t/${one}` })),
    );
  };

  test(
    'anywhere in an import loses no acknowledged commit, and leaves any other whole or absent',
    faulty(async ({ near, direct, network }) => {
      let known = 0;
      let failures = 0;
      for (let at = 1; at <= 8; at += 1) {
        // Every third time the server cannot be reached after the cut, so that a retry fails.
        const down = at % 3 === 0;
        const before = await exported(direct, known);
        network.cutAfter(at * 2000, down);
        const result = await importDocuments(near, [day(at)]).then(
          ({ revision }) => revision,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'UNAVAILABLE' });
            return undefined;
          },
        );
        network.resume();
        const { revision } = await direct.head();
        if (result === undefined) {
          failures += 1;
          expect([known, known + 1]).toContain(revision);
          if (revision === known) expect(await exported(direct)).toEqual(before);
          await expire();
          await importDocuments(direct, [day(at)]);
        } else expect(revision).toBe(result);
        known = (await direct.head()).revision;
        expect(known).toBe(at);
        expect((await factsOf(direct)).length).toBe(at);
      }
      expect(failures).toBeGreaterThan(0);
      expect((await direct.diagnose()).problems).toEqual([]);
      expect(await byHand('RETURN COUNT { MATCH (d:TendrilDraft) } AS notes')).toEqual([{ notes: 0 }]);
    }),
  );
});

describe('a network that is slow, or does not answer any more', () => {
  test(
    'does not keep the store from closing, whatever is under way',
    faulty(async ({ near, direct, network }) => {
      const draft = await near.write({ now: T0 });
      await putNew(draft, ['a']);
      network.hold();
      const commit = draft.commit([]).catch((error: unknown) => error);
      // Long before a call fails because the server does not answer.
      await near.close();
      expect(await commit).toMatchObject({ code: 'UNAVAILABLE' });
      network.resume();
      expect((await direct.head()).revision).toBe(0);
    }, ENDLESS),
  );

  test(
    'makes a commit slower, and still right',
    faulty(async ({ near, direct, network }) => {
      network.delay(20);
      await commit(near, async (draft) => {
        await putNew(draft, ['a', 'b']);
        await draft.putRelationships([linkOf('OWNS', 1, 2)]);
      });
      expect(await near.entities(['b'], 1)).toEqual(await direct.entities(['b'], 1));
    }),
  );

  test(
    'does not hang a caller: it gets an error in time, and its draft is neither committed later nor in the way',
    faulty(async ({ near, direct, network }) => {
      const draft = await near.write({ now: T0 });
      await putNew(draft, ['a']);
      network.hold();
      await refused('UNAVAILABLE', near.head());
      await refused('UNAVAILABLE', draft.commit([]));
      network.resume();
      expect(await near.head()).toEqual(await direct.head());
      await expire();
      const { revision } = await commit(near, (next) => putNew(next, ['b']));
      expect(revision).toBe(1);
      expect((await direct.entities(['a', 'b'], 1)).map((entity) => entity?.id)).toEqual([undefined, 'b']);
    }, IMPATIENT),
  );
});
