import { describe, expect, jest, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.js';
import { claimOf, commit, linkOf, on, putNew } from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

const IDS = Array.from({ length: 500 }, (_, at) => `e${at}`);
const COMMITS = 8;

/**
 * Asks the server again and again within one statement, and counts how often the head had no such thing. SKIP is what
 * keeps the server from reading the head anew for each thing, which may have moved by then.
 */
const LOOK = `UNWIND range(1, 50000) AS look
  CALL { WITH look MATCH (h:TendrilHead {one: 1}) WITH look, h.revision AS head SKIP 0
    RETURN head, EXISTS { MATCH (r:TendrilRevision) WHERE r.revision = head } AS noted,
      EXISTS { MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
        WHERE v.number = 1 AND v.fromRevision = head } AS written }
  WITH * WHERE head > 0 AND NOT (noted AND written) RETURN count(*) AS missing`;

/** Runs one thing again and again for as long as another takes. */
async function during(work: Promise<unknown>, again: () => Promise<void>): Promise<void> {
  let working = true;
  const ended = work.finally(() => {
    working = false;
  });
  ended.catch(() => {});
  while (working) await again();
  await ended;
}

/** Every relationship from the first to each other entity, ended and open in turn. */
async function turnAbout(store: Store, commits: number): Promise<void> {
  for (let nth = 0; nth < commits; nth += 1) {
    await commit(store, async (draft) => {
      const [hub = 0, ...others] = await putNew(draft, IDS);
      const claim = claimOf({ open: draft.revision % 2 === 1, evidence: `of ${draft.revision}` });
      await draft.putRelationships(others.map((other) => linkOf('OWNS', hub, other, claim)));
    });
  }
}

describe('a reader, while another process commits', () => {
  test(
    'never sees a head before its rows, although the server commits the parts one after the other',
    on(openOnServer, async ({ store }) => {
      let missing = 0;
      await during(turnAbout(store, COMMITS), async () => {
        missing += (await byHand(LOOK))[0]?.missing as number;
      });
      expect(missing).toBe(0);
    }),
  );

  test(
    'finds an ended relationship, also while it moves into the past',
    on(openOnServer, async ({ store, openSecond }) => {
      await turnAbout(store, 1);
      const numbers = (await store.entities(IDS, 1)).map((entity) => entity?.number ?? 0);
      const keys = numbers.slice(1).map((to) => ({ type: 'OWNS', from: 1, to, permission: null }) as const);
      const reader = await openSecond();
      await during(turnAbout(store, COMMITS), async () => {
        const found = await reader.relationships(keys, 1);
        expect(new Set(found.map((one) => one?.evidence))).toEqual(new Set(['of 1']));
        const [page] = await reader.relationshipsOf([{ id: 'e0', direction: 'OUT', limit: 1000 }], 1);
        expect(page?.total).toBe(keys.length);
      });
    }),
  );
});
