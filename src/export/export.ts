import { giveWay } from '../async/time-slice.js';
import { CASES, type RelationshipClaim } from '../model/claims.js';
import type { RelationshipRecord, SourceRecord } from '../model/entity.js';
import { OWN_PREFIX, OWN_SOURCE } from '../model/ids.js';
import type { Revision } from '../model/revision.js';
import { compareUtf8 } from '../model/utf8.js';
import type { Store } from '../store/store.js';
import { type Layout, layoutOf, Numbers } from './layout.js';
import { entityLine, headerLine, relationshipLine } from './lines.js';

/** The part of a store that an export needs. */
export type Exportable = Pick<Store, 'head' | 'scan' | 'sources' | 'entitiesByNumber' | 'relationships'>;

/** One source as a full snapshot. */
export interface SourceExport {
  /** The id of the source. */
  readonly source: string;
  /** Lines of NDJSON, without line ends: the header, entities in order of id, relationships in order of type and ends. */
  readonly lines: AsyncIterable<string>;
}

/** How many records are read in one call. */
const BATCH = 1000;

/**
 * The graph at a revision, as one full snapshot for each source, in order of id: every entity with its status, and the
 * open relationships, each as its source claims it (api, section 1). What cases have provisioned is under the source
 * `tendril`. A source without entities and relationships is left out.
 *
 * @param source the id of the only source to export; left out: all
 */
export async function* exportSnapshots(
  store: Exportable,
  at: Revision,
  source?: string,
): AsyncGenerator<SourceExport> {
  const revision = Math.min(at, (await store.head()).revision);
  const sources = await store.sources(revision);
  const layout = await layoutOf(store, revision);
  const parts = await partsOf(store, revision, sources, layout);
  for (const part of parts) {
    if (source !== undefined && part.source.id !== source) continue;
    if (part.entities.length === 0 && part.relationships.length === 0) continue;
    yield { source: part.source.id, lines: linesOf(store, revision, layout, part) };
  }
}

/** The entities and relationships of one source. */
interface Part {
  readonly source: Omit<SourceRecord, 'fullSyncedAt'>;
  /** Positions in {@link Layout.entities}. */
  readonly entities: Numbers;
  /** Positions for {@link Layout.keyAt}. */
  readonly relationships: Numbers;
}

async function partsOf(
  store: Exportable,
  revision: Revision,
  sources: readonly SourceRecord[],
  layout: Layout,
): Promise<Part[]> {
  const known = sources.some(({ id }) => id === OWN_SOURCE) ? sources : [...sources, ownSource(sources)];
  const parts = [...known]
    .sort((a, b) => compareUtf8(a.id, b.id))
    .map((source) => ({ source, entities: new Numbers(), relationships: new Numbers() }));
  const own = parts.find(({ source }) => source.id === OWN_SOURCE) as Part;
  const byNumber = new Map<number, Part>(parts.map((part) => [part.source.number, part]));
  // Reports of the source `tendril` and claims of cases are exported together.
  byNumber.set(CASES, own);
  for (const [position, number] of layout.entities.entries()) {
    const ours = (layout.ids[number] as string).startsWith(OWN_PREFIX);
    const part = ours ? own : byNumber.get(layout.sources[number] as number);
    part?.entities.push(position);
  }
  for await (const { record, position } of relationshipsAt(store, revision, layout)) {
    const told = new Set(standing(record).map((claim) => byNumber.get(claim.source)));
    for (const part of told) part?.relationships.push(position);
  }
  return parts;
}

/** The source `tendril` where none was imported. Its `syncedAt` is the latest of all sources. */
function ownSource(sources: readonly SourceRecord[]): Omit<SourceRecord, 'fullSyncedAt'> {
  const syncedAt = sources.reduce((latest, source) => Math.max(latest, source.syncedAt), 0);
  return {
    number: CASES,
    id: OWN_SOURCE,
    vendor: null,
    name: null,
    actuation: 'MANUAL',
    reports: [],
    couldNotRead: [],
    syncedAt,
  };
}

/** The claims that keep a relationship open: those that no case has ended since they were made. */
function standing({ claims }: RelationshipRecord): readonly RelationshipClaim[] {
  const ending = claims.find((claim) => claim.source === CASES && !claim.open);
  return claims.filter((claim) => claim.open && (!ending || claim.reportedAt > ending.reportedAt));
}

/** The relationships at some positions, or at all, in order. */
async function* relationshipsAt(
  store: Exportable,
  revision: Revision,
  layout: Layout,
  positions?: Numbers,
): AsyncGenerator<{ record: RelationshipRecord; position: number }> {
  const count = positions?.length ?? layout.relationships;
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, at) =>
      positions === undefined ? start + at : positions.at(start + at),
    );
    const records = await store.relationships(batch.map(layout.keyAt), revision);
    for (const [at, record] of records.entries()) {
      if (record !== undefined) yield { record, position: batch[at] as number };
    }
    await giveWay();
  }
}

async function* linesOf(
  store: Exportable,
  revision: Revision,
  layout: Layout,
  { source, entities, relationships }: Part,
): AsyncGenerator<string> {
  yield headerLine(source);
  for (let start = 0; start < entities.length; start += BATCH) {
    const count = Math.min(BATCH, entities.length - start);
    const numbers = Array.from(
      { length: count },
      (_, at) => layout.entities[entities.at(start + at)] as number,
    );
    for (const record of await store.entitiesByNumber(numbers, revision)) {
      if (record !== undefined) yield entityLine(record);
    }
    await giveWay();
  }
  for await (const { record } of relationshipsAt(store, revision, layout, relationships)) {
    const own = source.id === OWN_SOURCE;
    const claim = standing(record).find(
      (one) => one.source === source.number || (own && one.source === CASES),
    );
    if (claim !== undefined) yield relationshipLine(record, claim);
  }
}
