import type { Document, DocumentWrite, Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import { hashOf } from '../plan/ids.js';

/** Why somebody has to look at something (api, section 3, `attention`). */
export const ATTENTION_KINDS = [
  /** What a case ended was imported alive. */
  'RESURRECTED',
  /** The time for which somebody answered for an action that was left out is over. */
  'EXPIRED_WAIVER',
  /** After a case something came to light that it would have ended. */
  'LATE_FINDING',
  /** Somebody whose case is carried out is there again. */
  'REHIRED',
  /** A case neither goes on nor ends of itself. */
  'STUCK',
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** One thing that somebody has to look at. There is one entry for a kind, a case and an entity, whatever happens. */
export interface Attention {
  readonly kind: AttentionKind;
  /** Id of the case; null where it is about none. */
  readonly case: string | null;
  /** Id of the entity; null where it is about the case as a whole. */
  readonly entity: string | null;
  /** ISO 8601: since when, the last time it began. */
  readonly since: string;
  /** What happened and what to do, in sentences for people. */
  readonly why: string;
  /** ISO 8601: from then on nobody has to look any more; null until then. */
  readonly settledAt: string | null;
}

/** What tells entries apart. */
export type AttentionName = Pick<Attention, 'kind' | 'case' | 'entity'>;

const ATTENTION = 'attention';

/** A hash, because the ids of a case and of an entity together may be longer than a key. */
const keyOf = (name: AttentionName): string => hashOf([name.kind, name.case, name.entity]);

/** An entry as it is to stand; settled ones stay, and are not listed. */
export const attentionDocument = (entry: Attention): DocumentWrite => ({
  collection: ATTENTION,
  key: keyOf(entry),
  body: { ...entry },
});

/** Entries by name, in the order asked, settled ones too; undefined for what there is none of. */
export async function attentionOf(
  journal: Journal,
  names: readonly AttentionName[],
): Promise<(Attention | undefined)[]> {
  const found = await journal.documents(ATTENTION, names.map(keyOf));
  return found.map((document) => document && entryOf(document));
}

export interface AttentionQuery {
  /** Left out: every kind. */
  readonly kinds?: readonly AttentionKind[];
  /** Where a page before ended. */
  readonly after?: string;
  /** At most so many. */
  readonly limit: number;
}

export interface AttentionPage {
  readonly entries: readonly Attention[];
  /** Where each of them is, for `after`. */
  readonly places: readonly string[];
  readonly hasNext: boolean;
}

/** What somebody has to look at now, in an order that stays. */
export async function listAttention(
  journal: Journal,
  { kinds, after, limit }: AttentionQuery,
): Promise<AttentionPage> {
  const found: Document[] = [];
  let place = after;
  for (;;) {
    const range = { limit: MAX_PAGE, ...(place === undefined ? {} : { after: place }) };
    const page = await journal.documentsFrom(ATTENTION, range);
    found.push(...page.filter((document) => isWanted(entryOf(document), kinds)));
    place = page.at(-1)?.key;
    if (page.length < MAX_PAGE || found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  return {
    entries: shown.map(entryOf),
    places: shown.map(({ key }) => key),
    hasNext: found.length > limit,
  };
}

const entryOf = ({ body }: Document): Attention => body as unknown as Attention;

const isWanted = (entry: Attention, kinds: readonly AttentionKind[] | undefined): boolean =>
  entry.settledAt === null && (kinds?.includes(entry.kind) ?? true);
