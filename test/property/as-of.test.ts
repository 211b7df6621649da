import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import type { GraphView } from '../../src/graph/view.js';
import { importSnapshots } from '../../src/import/index.js';
import type { SnapshotDocument } from '../../src/model/snapshot.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import * as reference from '../reference/index.js';
import { tester } from '../support/actor.js';
import { companyArbitrary } from './arbitrary/company.js';
import { isEmpty } from './arbitrary/documents.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 250);
const HOUR = 3_600_000;

function expectSame(view: GraphView, graph: reference.PlainGraph, start: string): void {
  const radii = radiiOf(view, view.numberOf(start), { rotateReadable: 'sensitive' });
  const ids = (members: readonly { entity: number }[]) =>
    members.map(({ entity }) => view.idOf(entity)).sort();
  const exposed = radii.exposure.members.map(({ entity, level }) => `${view.idOf(entity)} ${level}`);
  expect(exposed.sort()).toEqual(
    reference
      .exposure(graph, start)
      .map(({ id, level }) => `${id} ${level}`)
      .sort(),
  );
  expect(ids(radii.continuity.members)).toEqual([...reference.continuity(graph, start).workloads].sort());
  expect(ids(radii.orphans.members)).toEqual([...reference.orphans(graph, start)].sort());
  expect(ids(radii.cut.members)).toEqual([...reference.cut(graph, start, 'sensitive').keys()].sort());
}

describe('what was recorded at a moment answers for it for ever', () => {
  test('radii as of every import, asked after the last one, with expiry judged then', async () => {
    await fc.assert(
      fc.asyncProperty(companyArbitrary({ maxEntities: 25 }), async (company) => {
        const { now, starts } = company;
        // A source that reports nothing at all is refused, as it should be.
        const documents = company.documents.filter((document) => !isEmpty(document));
        const store = await openEmbedded({ path: ':memory:' });
        try {
          const graphs = openMemoryProvider(store);
          // Imports around the moment at which tokens expire, so that some expire between two of them.
          const began = now - Math.floor(documents.length / 2) * HOUR;
          const moments: { at: number; known: SnapshotDocument[] }[] = [];
          for (const [index, document] of documents.entries()) {
            // No source is imported before it was read.
            const read = Date.parse(document.source.syncedAt) + index;
            const at = Math.max(began + index * HOUR, read, (moments.at(-1)?.at ?? 0) + 1);
            await importSnapshots(store, [{ name: 'document', document }], {
              actor: tester,
              now: at,
              force: true,
              dangling: 'skip',
            });
            // An index that follows along must come to the same as one that is loaded for a past moment.
            await graphs.current(at);
            moments.push({ at, known: documents.slice(0, index + 1) });
          }
          for (const { at, known } of moments) {
            if (!closed(known)) continue;
            const graph = reference.plainGraphOf(known, at);
            const view = await graphs.asOf(at);
            for (const start of starts.filter((id) => graph.entities.has(id))) expectSame(view, graph, start);
          }
          const graph = reference.plainGraphOf(documents, now);
          for (const start of starts) expectSame(await graphs.current(now), graph, start);
        } finally {
          await store.close();
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** Whether every end is known already: the reference takes no graph with ends that dangle. */
function closed(documents: readonly SnapshotDocument[]): boolean {
  try {
    reference.plainGraphOf(documents, 0);
    return true;
  } catch {
    return false;
  }
}
