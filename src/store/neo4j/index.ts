import type { Store } from '../store.js';
import { Connection, type Neo4jOptions } from './connection.js';
import { Neo4jStore } from './neo4j-store.js';
import { migrate } from './schema.js';

/**
 * Opens a store in a Neo4j database. The layout is that of house.md: rows that hold from one revision until before
 * another, and a head that moves last, in one graph that a person can read.
 *
 * **The graph that people see.** Every entity is a node `:Entity:<Kind>` with the properties of semantics.md, and every
 * open relationship is a relationship of its own type between two of them. Nothing else has these labels and types.
 * While a large commit is written, people may see its new entities and relationships already; Tendril itself does not
 * read them before the head has moved.
 *
 * **The rows that Tendril reads.** Of the node of an entity it reads only `id` and `number`, which never change. The
 * states of an entity are `TendrilVersion` nodes, one for each version, with `fromRevision` and `toRevision`. Of a
 * relationship it reads the relationship itself, which has `fromRevision` and, once it has ended or was replaced,
 * `toRevision`; a current one has no `toRevision`. Ended ones are `TENDRIL_WAS` relationships between `TendrilPast`
 * nodes, which represent the two entities there.
 *
 * **Concurrency.** Neo4j lets a reader see the parts of a commit one after the other. So nothing of a row changes but its
 * `toRevision`, and that only in ways that make no difference at the head or before: a reader is right whatever part
 * it sees. A replaced row moves into the past after the head has moved, never back, and readers read the past last; on
 * its way the row is in both places.
 *
 * **Beside the graph.** A `TendrilDocument` node is one version of a document; `TendrilDocumentPart` nodes have the parts
 * of a long body. A document has its current version, the one before it, for readers that began earlier, and the
 * version of a draft.
 *
 * **Writing.** A draft is a number of batches of rows that carry the revision after the head. Each batch is a
 * transaction, and begins by checking the `TendrilLease`: the lease has one owner over all processes, which renews it,
 * so that a writer that was paused and has lost it can change nothing more. Each batch notes in a `TendrilDraft` node
 * how it changed earlier rows. A commit writes the `TendrilRevision`, the `TendrilSource` versions, the `TendrilAudit`
 * events and the last rows, and then, in a transaction of its own, moves `TendrilHead`: a reader that sees the new head
 * finds everything. The notes are then used to update the graph that people see, or to undo an abandoned draft: by its
 * own writer, or by the next one.
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
