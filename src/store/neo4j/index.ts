import type { Store } from '../store.js';
import { Connection, type Neo4jOptions } from './connection.js';
import { Neo4jStore } from './neo4j-store.js';
import { migrate } from './schema.js';

/**
 * The engine for Neo4j: the layout of house.md, rows that hold from one revision to another and a head that is
 * moved last, in one graph that a person can read.
 *
 * **What people see.** Every entity is a node `:Entity:<Kind>` with the properties of semantics.md, and every
 * open relationship is a relationship of its own type between two of them. Nothing else has these labels and
 * types. While a large commit is being written, its new entities and relationships can be seen there already;
 * Tendril itself never reads them before the head has moved.
 *
 * **What readers read.** Of an entity, only its `id` and `number`, which never change: its states are
 * `TendrilVersion` nodes, one a version, with `fromRevision` and `toRevision`. Of relationships, the rows
 * themselves, which carry `fromRevision` and, once they have ended or have been replaced, `toRevision`; rows that
 * ended are `TENDRIL_WAS` relationships between `TendrilPast` nodes, which stand in for the two entities there.
 * No row is ever changed but for its `toRevision`, and that only in ways that make no difference at the head or
 * before: Neo4j lets a reader see what others commit while it reads, one part of it after the other, and so it is
 * right whatever it sees. A replaced row moves into the past after the head has moved, never back, and readers look
 * there last; on its way it is in both places.
 *
 * **Beside the graph.** A `TendrilDocument` node is one form of a document, with `TendrilDocumentPart` nodes for what
 * of its body does not fit: its newest form, the one before it, which who began to read earlier may still need, and
 * that of a draft.
 *
 * **Writing.** A draft is batches, each a transaction of its own, of rows with the revision after the head. Each
 * asks for the `TendrilLease` first, which has one owner over all processes and is renewed by it, so a writer
 * that was paused and lost it can change nothing more; and each notes in a `TendrilDraft` node what it did to
 * rows that were there. A commit writes the `TendrilRevision`, the `TendrilSource` versions and the `TendrilAudit`
 * events, with the last of the rows, and then, in a transaction of its own, moves `TendrilHead`: who sees the new
 * head finds all of it. By the notes the commit is then brought to what people
 * see, or an abandoned draft is undone: by its writer, or by the next one.
 */
export async function openNeo4j(options: Neo4jOptions): Promise<Store> {
  const connection = await Connection.open(options);
  try {
    await migrate(connection);
    return new Neo4jStore(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

export type { Neo4jOptions } from './connection.js';
