import type { RelationshipType } from '../../model/relationships.js';
import type { DocumentWrite, Journal } from '../../store/journal.js';
import { hashOf } from '../hash.js';

/** Kinds of entries of the attention list (api, section 3, `attention`). */
export const ATTENTION_KINDS = [
  'RESURRECTED',
  'EXPIRED_WAIVER',
  'LATE_FINDING',
  'REHIRE',
  'CASE_STUCK',
  'WORKLOAD_STOPS',
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** An entry of the attention list. */
export interface Attention {
  readonly kind: AttentionKind;
  /** Id of what it is about. */
  readonly entity: string;
  /** Id of the case; null where it cannot be told which. */
  readonly case: string | null;
  /** ISO 8601: since when it has been true. */
  readonly since: string;
  /** A sentence for people. */
  readonly why: string;
  /** The relationship that is open again, by the ids of its ends; null where the entry is about the entity itself. */
  readonly relationship: {
    readonly type: RelationshipType;
    readonly from: string;
    readonly to: string;
  } | null;
}

/** The collection of the journal for findings of imports. Entries that follow from cases are computed on request. */
export const ATTENTION = 'attention';

/** Names an entry: the same finding again is the same entry. */
export const attentionKey = ({
  kind,
  entity,
  relationship,
}: Pick<Attention, 'kind' | 'entity' | 'relationship'>): string =>
  `${kind}/${hashOf([entity, relationship?.type ?? '', relationship?.from ?? '', relationship?.to ?? ''])}`;

/** The document of an entry, under its key. */
export const attentionDocument = (entry: Attention): DocumentWrite => ({
  collection: ATTENTION,
  key: attentionKey(entry),
  body: { ...entry },
});

/**
 * Which of these entities a case had ended and an import has shown alive since. The finding stays after the entity has
 * ended again, so callers look at the status too.
 */
export async function resurrected(journal: Journal, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = ids.map((entity) => attentionKey({ kind: 'RESURRECTED', entity, relationship: null }));
  const found = await journal.documents(ATTENTION, keys);
  return new Set(ids.filter((_, at) => found[at] !== undefined));
}
