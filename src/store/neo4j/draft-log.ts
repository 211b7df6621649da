import type { Revision } from '../../model/revision.js';
import { type Triple, triplesOf } from '../relationship-code.js';
import type { Run } from './connection.js';
import { integer, integers } from './values.js';

/**
 * The changes of a batch of a draft to rows that were there before, noted in the transaction of the batch as a
 * `TendrilDraft` node. With the notes a draft is undone, or, after its commit, the graph that people see is updated. New
 * entities need no note: their numbers are above the last one of the head.
 */
export interface BatchNote {
  /** The revision of the draft. */
  readonly revision: Revision;
  /** The numbers of entities from before the draft that have a new version. */
  readonly entities: readonly number[];
  /** The changed relationships between entities from before the draft. */
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
    revision: integer(note.revision),
    entities: integers(note.entities),
    relationships: integers(note.relationships.flat()),
  });
}

/** Any note of a batch that is committed at a head, or of one that is not, with the id of its node. */
export async function anyNote(
  run: Run,
  which: 'committed' | 'open',
  head: Revision,
): Promise<[id: string, note: BatchNote] | undefined> {
  const cypher = ONE(which === 'committed' ? '<=' : '>');
  const [row] = await run<[string, number, number[], number[]]>(cypher, { head: integer(head) });
  if (row === undefined) return undefined;
  const [id, revision, entities, flat] = row;
  return [id, { revision, entities, relationships: triplesOf(flat) }];
}

/** Removes the notes of committed batches that only added rows, for which there is nothing to update. */
export async function removeEmptyNotes(run: Run, head: Revision): Promise<void> {
  await run(EMPTY, { head: integer(head) });
}

/** Removes every note of batches that are committed at a head. */
export async function removeNotes(run: Run, head: Revision): Promise<void> {
  await run('MATCH (d:TendrilDraft) WHERE d.revision <= $p.head DELETE d', { head: integer(head) });
}

export async function removeNote(run: Run, id: string): Promise<void> {
  await run('MATCH (d:TendrilDraft) WHERE elementId(d) = $p.id DELETE d', { id });
}
