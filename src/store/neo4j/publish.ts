import type { AuditFact } from '../../model/audit.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Head } from '../../model/revision.js';
import type { Changes } from '../change-notes.js';
import { appendFacts } from './audit.js';
import type { Connection, Run } from './connection.js';
import { leaseLost } from './failures.js';
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
}

const MOVE = `MATCH (h:TendrilHead {one: 1}) SET h.touched = timestamp()
  WITH h WHERE h.revision = $base
  SET h.revision = $revision, h.at = $at, h.lastNumber = $lastNumber, h.lastSource = $lastSource RETURN 1`;
const ADD = `CREATE (r:TendrilRevision {revision: $revision, at: $at})
  SET r.entities = $entities, r.relationships = $relationships`;

/** Moves the head from its base: after this, and not before, everybody sees the draft. */
export async function publish(connection: Connection, lease: Lease, publication: Publication): Promise<void> {
  const { base, head, changes, lastNumber, lastSource } = publication;
  await lease.write(async (run: Run) => {
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
      entities: changes && wholes(changes[0]),
      relationships: changes && wholes(changes[1]),
    });
    await writeSources(run, publication.sources, head.revision);
    await appendFacts(run, publication.facts, head);
  });
}
