import type { AuditFact } from '../../model/audit.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Head } from '../../model/revision.js';
import type { Changes } from '../change-notes.js';
import { appendFacts } from './audit.js';
import type { Connection, Run } from './connection.js';
import { leaseLost, unknownOutcome } from './failures.js';
import type { Lease } from './lease.js';
import { writeSources } from './sources.js';
import { whole, wholes } from './values.js';

/** What goes with a new head, in the one transaction that moves it. */
export interface Publication {
  readonly base: Head;
  readonly head: Head;
  readonly changes: Changes | null;
  readonly sources: readonly SourceRecord[];
  readonly facts: readonly AuditFact[];
  readonly lastNumber: number;
  readonly lastSource: number;
  /** What else is written with it, where it all fits into one transaction. */
  readonly within?: (run: Run) => Promise<void>;
}

const MOVE = `MATCH (h:TendrilHead {one: 1}) SET h.touched = timestamp()
  WITH h WHERE h.revision = $p.base
  SET h.revision = $p.revision, h.at = $p.at, h.lastNumber = $p.lastNumber, h.lastSource = $p.lastSource RETURN 1`;
const ADD = `CREATE (r:TendrilRevision {revision: $p.revision, at: $p.at, writer: $p.writer})
  SET r.entities = $p.entities, r.relationships = $p.relationships`;

/**
 * Moves the head from its base: after this, and not before, everybody sees the draft. Where the answer is lost,
 * the revision itself says whether it was made.
 */
export async function publish(connection: Connection, lease: Lease, publication: Publication): Promise<void> {
  try {
    await lease.write((run) => move(connection, run, lease.token, publication));
  } catch (error) {
    const { revision } = publication.head;
    const made = await lease.published(revision).catch(() => undefined);
    if (made === undefined) throw unknownOutcome(connection.place, revision, error);
    if (!made) throw error;
  }
}

async function move(
  connection: Connection,
  run: Run,
  writer: string,
  publication: Publication,
): Promise<void> {
  const { base, head, changes, lastNumber, lastSource, within } = publication;
  await within?.(run);
  const revision = { revision: whole(head.revision), at: whole(head.at) };
  const [moved] = await run(MOVE, {
    ...revision,
    base: whole(base.revision),
    lastNumber: whole(lastNumber),
    lastSource: whole(lastSource),
  });
  if (moved === undefined) throw leaseLost(connection.place);
  await run(ADD, {
    ...revision,
    writer,
    entities: changes && wholes(changes[0]),
    relationships: changes && wholes(changes[1]),
  });
  await writeSources(run, publication.sources, head.revision);
  await appendFacts(run, publication.facts, head);
}
