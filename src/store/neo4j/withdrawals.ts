import { KINDS } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
import { NO_END } from '../rows/no-end.js';
import type { Run } from './connection.js';
import { addNote } from './draft-log.js';
import { makePlace } from './relationship-writes.js';
import { integer, integers } from './values.js';
import type { WriteLease } from './write-lease.js';

/** Entities and relationships that a draft takes out of the state: their current rows end, and none follows. */

/** How many rows one transaction ends. */
const BATCH = 5000;

const CLOSE = `UNWIND $p.numbers AS number
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = number AND v.fromRevision <= $p.revision AND v.toRevision = ${NO_END}
  FOREACH (_ IN CASE WHEN v.fromRevision < $p.revision THEN [1] ELSE [] END | SET v.toRevision = $p.revision)
  FOREACH (_ IN CASE WHEN v.fromRevision = $p.revision THEN [1] ELSE [] END | DELETE v)`;
/** Only id and number stay, by which the entity is found at earlier revisions, and when it comes back. */
const STRIP = `UNWIND $p.numbers AS number MATCH (e:Entity {number: number})
  REMOVE e:${KINDS.join(':')} SET e = {number: e.number, id: e.id}`;

/** Ends rows, each batch with a note by which it is finished or undone. All rows that the draft wrote have been sent. */
export async function withdrawRows(
  lease: WriteLease,
  entities: readonly number[],
  relationships: readonly Triple[],
  revision: Revision,
): Promise<void> {
  for (let at = 0; at < relationships.length; at += BATCH) {
    const some = relationships.slice(at, at + BATCH);
    await lease.write(async (run) => {
      await makePlace(run, some, revision);
      await addNote(run, { revision, entities: [], relationships: some });
    });
  }
  for (let at = 0; at < entities.length; at += BATCH) {
    const some = entities.slice(at, at + BATCH);
    await lease.write(async (run) => {
      await run(CLOSE, { numbers: integers(some), revision: integer(revision) });
      await addNote(run, { revision, entities: some, relationships: [] });
    });
  }
}

/** Removes from the graph that people see all of an entity but its id. */
export async function strip(run: Run, numbers: readonly number[]): Promise<void> {
  if (numbers.length > 0) await run(STRIP, { numbers: integers(numbers) });
}
