import type { Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import type { Case } from './case.js';
import { allCases, casesById, type OnUnreadable } from './case-documents.js';
import { isPossible } from './case-states.js';

/** How many pages of new audit events are read before it is cheaper to read all cases again. */
const MAX_PAGES = 20;

/** What one instance remembers of the cases of a store. */
interface KnownCases {
  /** The last audit event that was followed. */
  seq: number;
  /** Ids of cases that may go on by themselves or need somebody. */
  ids: ReadonlySet<string>;
}

const known = new WeakMap<Store, KnownCases>();

/**
 * Cases that run, wait, are incomplete, or have a time at which they have to be looked at again, in order of id. Each
 * instance reads all cases once. Later it reads only these again, and the cases of new audit events: every change of
 * a case has an event. Cases that have ended for good cost nothing, however many there are.
 *
 * @param onUnreadable hears of each case whose document cannot be read, each time; the others are given all the same
 * @throws UNAVAILABLE for such a case where nobody hears of it: an answer without it would look complete
 */
export async function casesGoingOn(store: Store, onUnreadable?: OnUnreadable): Promise<Case[]> {
  const { journal } = store;
  const unreadable: string[] = [];
  const note: OnUnreadable = (id, error) => {
    if (onUnreadable === undefined) throw error;
    unreadable.push(id);
    onUnreadable(id, error);
  };
  const before = known.get(store);
  // This is read before the cases, so that a change in between is seen at least the next time.
  const seq = (await journal.auditHead())?.seq ?? 0;
  const news = before === undefined ? null : await changedSince(journal, before.seq, seq);
  const found =
    before === undefined || news === null
      ? await all(journal, note)
      : await some(journal, [...before.ids, ...news], note);
  const goingOn = found.filter(goesOn);
  const later = known.get(store);
  // Two calls may overlap: the result of the later state is kept.
  if (later === undefined || later.seq <= seq)
    known.set(store, { seq, ids: new Set([...goingOn.map(({ id }) => id), ...unreadable]) });
  return goingOn;
}

/** Whether a case has to be read again without an event. A verified case has to only if it has a time. */
function goesOn({ state, wakeAt }: Case): boolean {
  return isPossible('TAKE', state) && (state !== 'VERIFIED' || wakeAt !== null);
}

/** Ids of the cases of new audit events; null where there are too many events to read. */
async function changedSince(
  journal: Journal,
  since: number,
  until: number,
): Promise<ReadonlySet<string> | null> {
  const ids = new Set<string>();
  let after = since;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    if (after >= until) return ids;
    const events = await journal.auditEvents({ after, before: until + 1, limit: MAX_PAGE });
    for (const event of events) if (event.case !== null) ids.add(event.case);
    if (events.length < MAX_PAGE) return ids;
    after = events.at(-1)!.seq;
  }
  return after >= until ? ids : null;
}

async function all(journal: Journal, onUnreadable: OnUnreadable): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const offboarding of allCases(journal, undefined, onUnreadable))
    if (goesOn(offboarding)) cases.push(offboarding);
  return cases;
}

async function some(journal: Journal, ids: readonly string[], onUnreadable: OnUnreadable): Promise<Case[]> {
  const sorted = [...new Set(ids)].sort();
  const cases: Case[] = [];
  for (let at = 0; at < sorted.length; at += MAX_PAGE) {
    const found = await casesById(journal, sorted.slice(at, at + MAX_PAGE), onUnreadable);
    cases.push(...found.filter((offboarding) => offboarding !== undefined));
  }
  return cases;
}
