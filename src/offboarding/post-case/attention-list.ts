import type { EntityRecord } from '../../model/entity.js';
import { isLiveStatus } from '../../model/kinds.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import { casesById } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { ATTENTION, type Attention, type AttentionKind, attentionKey } from './attention.js';
import { attentionOfCases } from './cases-needing-attention.js';
import { isBack, isExpectedOf } from './rehired.js';

/** A page of the attention list, in order of place. */
export interface AttentionPage {
  readonly entries: readonly { readonly place: string; readonly entry: Attention }[];
  readonly total: number;
  readonly hasNext: boolean;
}

/** Which entries of the attention list to give. */
export interface AttentionQuery {
  /** Left out: all. */
  readonly kinds?: readonly AttentionKind[];
  /** The place of the last entry of the page before. */
  readonly after?: string;
  /** Entries that follow from the graph alone, and are found elsewhere. */
  readonly also?: readonly Attention[];
  readonly limit: number;
}

/**
 * The attention list at present: findings of imports that are still true, waivers that have run out, and cases that
 * do not go on by themselves.
 */
export async function attentionList(
  caseContext: Pick<CaseContext, 'store' | 'clock' | 'clockKind'>,
  { kinds, after, also = [], limit }: AttentionQuery,
): Promise<AttentionPage> {
  const found = [...(await stillSo(caseContext.store)), ...(await attentionOfCases(caseContext)), ...also];
  const wanted = found
    .filter(({ kind }) => kinds?.includes(kind) ?? true)
    // Times in ISO 8601 compare as text. The key makes the order total.
    .map((entry) => ({ place: `${entry.since} ${attentionKey(entry)}`, entry }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const rest = after === undefined ? wanted : wanted.filter(({ place }) => place > after);
  return { entries: rest.slice(0, limit), total: wanted.length, hasNext: rest.length > limit };
}

/** The findings of imports that are still true. */
async function stillSo(store: Store): Promise<Attention[]> {
  const { revision } = await store.head();
  const kept: Attention[] = [];
  let after: string | undefined;
  for (;;) {
    const range = { limit: MAX_PAGE, ...(after === undefined ? {} : { after }) };
    const page = await store.journal.documentsFrom(ATTENTION, range);
    const entries = page.map(({ body }) => body as unknown as Attention);
    const records = await store.entities(
      entries.map(({ entity }) => entity),
      revision,
    );
    const open = await openOnes(store, entries, revision);
    const back = await thoseBack(store, entries, revision);
    const isExpected = (entry: Attention, record: EntityRecord | undefined) =>
      entry.kind === 'RESURRECTED' &&
      back.has(entry.case) &&
      (record === undefined || isExpectedOf(record.kind));
    kept.push(
      ...entries.filter(
        (entry, at) => (open.get(at) ?? isSo(entry, records[at])) && !isExpected(entry, records[at]),
      ),
    );
    after = page.at(-1)?.key;
    if (page.length < MAX_PAGE) return kept;
  }
}

/** The cases among those of some entries whose person was hired again. */
async function thoseBack(
  store: Store,
  entries: readonly Attention[],
  revision: number,
): Promise<ReadonlySet<string | null>> {
  const ids = [...new Set(entries.flatMap((entry) => entry.case ?? []))];
  const cases = (await casesById(store.journal, ids, () => {})).filter((one) => one?.input.human != null);
  const humans = await store.entities(
    cases.map((one) => one!.input.human as string),
    revision,
  );
  return new Set(cases.flatMap((one, at) => (isBack(humans[at]) ? [one!.id] : [])));
}

function isSo({ kind }: Attention, record: EntityRecord | undefined): boolean {
  if (record === undefined) return false;
  if (kind === 'REHIRE') return record.status === 'ACTIVE';
  return isLiveStatus(record.kind, record.status);
}

/** For those entries that are about a relationship, by their position, whether it is open. */
async function openOnes(
  store: Store,
  entries: readonly Attention[],
  revision: number,
): Promise<ReadonlyMap<number, boolean>> {
  const about = entries.flatMap(({ relationship }, at) =>
    relationship === null ? [] : [{ at, relationship }],
  );
  if (about.length === 0) return new Map();
  const pages = await store.relationshipsOf(
    about.map(({ relationship: { from, type } }) => ({
      id: from,
      direction: 'OUT' as const,
      types: [type],
      limit: MAX_PAGE,
    })),
    revision,
  );
  return new Map(
    about.map(({ at, relationship }, position) => [
      at,
      pages[position]!.relationships.some(({ toId }) => toId === relationship.to),
    ]),
  );
}
