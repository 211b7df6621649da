import type { AuditFact } from '../../model/audit.js';
import type { SourceNumber } from '../../model/claims.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Head } from '../../model/revision.js';
import { ANEW, type Changes } from '../change-notes.js';
import { appendFacts } from './audit.js';
import type { Connection, Run } from './connection.js';
import { leaseLost, unknownOutcome } from './failures.js';
import { closeSources, writeSources } from './sources.js';
import { integer, integers } from './values.js';
import type { WriteLease } from './write-lease.js';

/** The parts of a commit. */
export interface Publication {
  readonly base: Head;
  readonly head: Head;
  readonly changes: Changes | typeof ANEW | null;
  /** Whether a claim of the draft says that a relationship `sustains`. */
  readonly sustains: boolean;
  readonly sources: readonly SourceRecord[];
  /** Numbers of sources that are withdrawn. */
  readonly withdrawn: readonly SourceNumber[];
  readonly facts: readonly AuditFact[];
  readonly lastNumber: number;
  readonly lastSource: number;
  /** Writes the rows of the draft that are not in the store yet. */
  readonly rest: (run: Run) => Promise<void>;
  /** More work for the transaction that moves the head. */
  readonly within?: (run: Run) => Promise<void>;
}

const MOVE = `MATCH (h:TendrilHead {one: 1}) SET h.touched = timestamp()
  WITH h WHERE h.revision = $p.base
  SET h.revision = $p.revision, h.at = $p.at, h.lastNumber = $p.lastNumber, h.lastSource = $p.lastSource RETURN 1`;
/** See `Expanded.anySustains`. It is never taken back. */
const MARK_SUSTAINS = 'MATCH (h:TendrilHead {one: 1}) SET h.anySustains = true';
const ADD = `CREATE (r:TendrilRevision {revision: $p.revision, at: $p.at, writer: $p.writer})
  SET r.entities = $p.entities, r.relationships = $p.relationships, r.anew = $p.anew`;

/**
 * Moves the head from its base: readers see the draft after this and not before. While the server commits a transaction,
 * readers see its parts one after the other, and the entries of indexes last. So the head moves in a transaction of its
 * own, after everything else is complete. Where the answer of the server is lost, the node of the revision tells whether
 * the commit was made.
 */
export async function publish(
  connection: Connection,
  lease: WriteLease,
  publication: Publication,
): Promise<void> {
  await lease.write((run) => prepare(run, lease.token, publication));
  try {
    await lease.write((run) => move(connection, run, publication));
  } catch (error) {
    const { revision } = publication.head;
    const made = await lease.published(revision).catch(() => undefined);
    if (made === undefined) throw unknownOutcome(connection.place, revision, error);
    if (!made) throw error;
  }
}

/** Writes everything of the commit but the head. Readers do not see it, because it carries a later revision. */
async function prepare(run: Run, writer: string, publication: Publication): Promise<void> {
  const { head, rest, sustains } = publication;
  const changes = publication.changes === ANEW ? null : publication.changes;
  await rest(run);
  if (sustains) await run(MARK_SUSTAINS);
  await run(ADD, {
    revision: integer(head.revision),
    at: integer(head.at),
    writer,
    entities: changes && integers(changes[0]),
    relationships: changes && integers(changes[1]),
    anew: publication.changes === ANEW ? true : null,
  });
  await writeSources(run, publication.sources, head.revision);
  await closeSources(run, publication.withdrawn, head.revision);
  await appendFacts(run, publication.facts, head);
}

async function move(connection: Connection, run: Run, publication: Publication): Promise<void> {
  const { base, head, lastNumber, lastSource, within } = publication;
  const [moved] = await run(MOVE, {
    base: integer(base.revision),
    revision: integer(head.revision),
    at: integer(head.at),
    lastNumber: integer(lastNumber),
    lastSource: integer(lastSource),
  });
  if (moved === undefined) throw leaseLost(connection.place);
  await within?.(run);
}
