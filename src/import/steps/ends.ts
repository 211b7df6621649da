import { emailKey } from '../../model/email-address.js';
import type { SnapshotEnd } from '../../model/snapshot.js';
import { type Flaw, quoteValue } from '../base/problems.js';
import type { ImportSession } from '../session/session.js';
import { note } from './entities.js';

/** The result of resolving an end: the number of an entity (0: one that was refused itself), or the flaw. */
export type ResolvedEnd = number | Flaw;

/** The number of an end that names an entity by an id that this import has met; otherwise undefined. */
export function metEnd({ numbers }: ImportSession, end: SnapshotEnd): number | undefined {
  return typeof end === 'string' ? numbers.get(end) : undefined;
}

/** Looks up, in few calls, ends that this import has not met. */
export async function meetEnds(session: ImportSession, ends: readonly SnapshotEnd[]): Promise<void> {
  const { numbers, draft, fresh } = session;
  const ids = new Set<string>();
  const addresses = new Set<string>();
  for (const end of ends) {
    if (typeof end === 'string') ids.add(end);
    else addresses.add(emailKey(end.humanEmail));
  }
  if (ids.size > 0 && !fresh) await meetIds(session, [...ids]);
  const unmet = [...addresses].filter((address) => !session.met.has(address));
  if (unmet.length === 0) return;
  for (const address of unmet) session.met.add(address);
  if (fresh) return;
  for (const human of await draft.humansByEmail(unmet)) {
    // A human that this import reports counts with the address in the report.
    if (session.table.inputOf(human.number) !== undefined) continue;
    numbers.set(human.id, human.number);
    session.table.set(human.number, 'before', true);
    note(session, human.number, human, human);
  }
}

async function meetIds(session: ImportSession, ids: readonly string[]): Promise<void> {
  const { draft, numbers, table } = session;
  const found = await draft.numbersOf(ids);
  const known = ids.flatMap((id, at) => (found[at] === 0 ? [] : [{ id, number: found[at] as number }]));
  const records = await draft.entities(known.map(({ number }) => number));
  known.forEach(({ id, number }, at) => {
    const record = records[at];
    // A number without an entity was assigned in this draft to an entity that was then refused.
    numbers.set(id, record === undefined ? 0 : number);
    if (record === undefined || table.inputOf(number) !== undefined) return;
    table.set(number, 'before', true);
    note(session, number, record, record);
  });
}

/** The entity of an end. Called after {@link meetEnds}. */
export function resolveEnd(session: ImportSession, field: 'from' | 'to', end: SnapshotEnd): ResolvedEnd {
  if (typeof end === 'string') {
    const number = session.numbers.get(end);
    if (number !== undefined) return number;
    const message = `No entity has the id ${quoteValue(end)}: import it before or with this, or choose to skip.`;
    return { field, rule: 'DANGLING_END', message };
  }
  const number = session.emails.get(emailKey(end.humanEmail));
  if (number !== undefined && number !== 0) return number;
  const count = number === undefined ? 'No human has' : 'Several humans have';
  const message = `${count} the address ${quoteValue(end.humanEmail)}: name the human by id.`;
  return { field, rule: 'DANGLING_END', message };
}
