import type { RelationshipType } from '../../model/relationships.js';
import type { DocumentWrite, Journal } from '../../store/journal.js';
import { hashOf } from '../hash.js';

/** What somebody has to look at (api, section 3, `attention`). */
export const ATTENTION_KINDS = [
  'RESURRECTED',
  'EXPIRED_WAIVER',
  'LATE_FINDING',
  'REHIRE',
  'CASE_STUCK',
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** One thing to look at. */
export interface Attention {
  readonly kind: AttentionKind;
  /** Id of what it is about. */
  readonly entity: string;
  /** Id of the case; null where it cannot be told which. */
  readonly case: string | null;
  /** ISO 8601: since when it is so. */
  readonly since: string;
  /** A sentence for people. */
  readonly why: string;
  /** The relationship that is there again, by the ids of its ends; null where it is the thing itself. */
  readonly relationship: {
    readonly type: RelationshipType;
    readonly from: string;
    readonly to: string;
  } | null;
}

/** Where the journal keeps what imports found. What follows from cases is worked out when somebody asks. */
export const ATTENTION = 'attention';

/** Names an entry: the same finding again is the same entry. */
export const attentionKey = ({
  kind,
  entity,
  relationship,
}: Pick<Attention, 'kind' | 'entity' | 'relationship'>): string =>
  `${kind}/${hashOf([entity, relationship?.type ?? '', relationship?.from ?? '', relationship?.to ?? ''])}`;

export const attentionDocument = (entry: Attention): DocumentWrite => ({
  collection: ATTENTION,
  key: attentionKey(entry),
  body: { ...entry },
});

/**
 * Which of these entities a case had ended and an import has shown alive since. It is a flag on what is live:
 * whatever ended again is flagged no more, which the caller knows by its status.
 */
export async function resurrected(journal: Journal, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = ids.map((entity) => attentionKey({ kind: 'RESURRECTED', entity, relationship: null }));
  const found = await journal.documents(ATTENTION, keys);
  return new Set(ids.filter((_, at) => found[at] !== undefined));
}
