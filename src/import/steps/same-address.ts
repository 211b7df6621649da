import { isLiveStatus } from '../../model/kinds.js';
import { quoteValue } from '../base/problems.js';
import { RowPlace } from '../read/reader.js';
import type { ImportSession } from '../session/session.js';

/** How many addresses are looked up in one call. */
const BATCH = 1000;

/**
 * Refuses two live humans of one source with one address (semantics, section 7). It is called when all entities of the
 * import are written and what is missing has ended: nothing else can give a person an address or life.
 */
export async function refuseSameAddress(session: ImportSession): Promise<void> {
  const { people, table, draft } = session;
  for (const [one, other] of people.pairs) await refuse(session, one, other);
  if (session.fresh) return;
  const changed = [...people.changed];
  for (let at = 0; at < changed.length; at += BATCH) {
    const some = new Map(changed.slice(at, at + BATCH));
    for (const found of await draft.humansByEmail([...some.keys()])) {
      const { number, kind, status, properties, source } = found;
      // Those of this import have been compared with each other.
      if (table.inputOf(number) !== undefined || !isLiveStatus(kind, status)) continue;
      for (const one of some.get(people.keyOf(String(properties.email))) ?? [])
        if (table.ownerOf(one) === source) await refuse(session, number, one);
    }
  }
}

/** @param one the first of the two; @param other the one whose row is named */
async function refuse(session: ImportSession, one: number, other: number): Promise<void> {
  const [first, second] = await session.draft.entities([one, other]);
  if (first === undefined || second === undefined) return;
  const place = new RowPlace(session.table.inputOf(other) ?? 0, session.table.rowOf(other), (row) =>
    session.labelOf(other, row),
  );
  const message =
    `${quoteValue(first.id)} and ${quoteValue(second.id)} are live and have one address, ` +
    `${quoteValue(second.properties.email)}: an address names one person of a source. Correct one of them, or report ` +
    'the one who is gone as LEFT.';
  session.problems.add(place, { field: 'email', rule: 'DUPLICATE_EMAIL', message });
}
