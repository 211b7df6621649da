import type { Revision } from '../../model/revision.js';
import { type Triple, triplesOf } from '../relationship-code.js';
import type { Run } from './connection.js';
import { whole, wholes } from './values.js';

/**
 * What a batch of a draft did to rows that were there before, noted in the transaction of the batch as a
 * `TendrilDraft` node: by it a draft is undone, or, once committed, what people see is brought up to date.
 * New entities need no note: their numbers are above the last one that a commit gave.
 */
export interface BatchNote {
  /** The revision the batch is of. */
  readonly revision: Revision;
  /** Numbers of entities that were known before and have a new version. */
  readonly entities: readonly number[];
  /** Relationships between entities that were known before. */
  readonly relationships: readonly Triple[];
}

const ADD =
  'CREATE (d:TendrilDraft {revision: $p.revision, entities: $p.entities, relationships: $p.relationships})';
const ONE = (which: string) => `MATCH (d:TendrilDraft) WHERE d.revision ${which} $p.head WITH d LIMIT 1
  RETURN elementId(d), d.revision, d.entities, d.relationships`;
const EMPTY = `MATCH (d:TendrilDraft)
  WHERE d.revision <= $p.head AND size(d.entities) = 0 AND size(d.relationships) = 0 DELETE d`;

export async function addNote(run: Run, note: BatchNote): Promise<void> {
  await run(ADD, {
    revision: whole(note.revision),
    entities: wholes(note.entities),
    relationships: wholes(note.relationships.flat()),
  });
}

/** Any one of the notes of what is committed at a head, or of what is not; and what it is called. */
export async function anyNote(
  run: Run,
  which: 'committed' | 'open',
  head: Revision,
): Promise<[id: string, note: BatchNote] | undefined> {
  const cypher = ONE(which === 'committed' ? '<=' : '>');
  const [row] = await run<[string, number, number[], number[]]>(cypher, { head: whole(head) });
  if (row === undefined) return undefined;
  const [id, revision, entities, flat] = row;
  return [id, { revision, entities, relationships: triplesOf(flat) }];
}

/** Removes the notes of committed batches that only added, all at once: there is nothing to bring up to date. */
export async function removeEmptyNotes(run: Run, head: Revision): Promise<void> {
  await run(EMPTY, { head: whole(head) });
}

/** Removes every note of what is committed at a head. */
export async function removeNotes(run: Run, head: Revision): Promise<void> {
  await run('MATCH (d:TendrilDraft) WHERE d.revision <= $p.head DELETE d', { head: whole(head) });
}

export async function removeNote(run: Run, id: string): Promise<void> {
  await run('MATCH (d:TendrilDraft) WHERE elementId(d) = $p.id DELETE d', { id });
}
