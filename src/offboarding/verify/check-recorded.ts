import { type AuditEvent, eventHash } from '../../model/audit.js';
import type { Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import type { Check } from '../case/verification.js';
import { count } from './check-residue.js';

const INTENT = 'ACTION_INTENDED';
const OUTCOMES = ['ACTION_DONE', 'ACTION_REFUSED', 'ACTION_WAIVED'];
/** Types of events whose commits change the graph. */
const CHANGING = [...OUTCOMES, 'ROTATION_COMPLETED'];

/** How many events, between the first and the last of the case, are read to verify the chain. */
const MAX_CHAIN = 200_000;

/** All events of a case, in order. */
export async function eventsOf(journal: Journal, id: string): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (;;) {
    const page = await journal.auditEvents({ case: id, after: events.at(-1)?.seq ?? 0, limit: MAX_PAGE });
    events.push(...page);
    if (page.length < MAX_PAGE) return events;
  }
}

/** The revisions in which the case changed the graph, in order, each once. */
export function revisionsOf(events: readonly AuditEvent[]): number[] {
  return [...new Set(events.filter(({ type }) => CHANGING.includes(type)).map(({ revision }) => revision))];
}

/** I5: each settled action has one outcome, each call to a source has an earlier intent, and the chain holds. */
export async function checkRecorded(
  journal: Journal,
  events: readonly AuditEvent[],
  actions: readonly CaseAction[],
): Promise<Check> {
  const byAction = new Map<unknown, AuditEvent[]>();
  for (const event of events) {
    const action = event.after?.action;
    if (typeof action === 'string') byAction.set(action, [...(byAction.get(action) ?? []), event]);
  }
  const settled = actions.filter(isSettled);
  const wrong = settled.filter((action) => !isRecorded(action, byAction.get(action.action.id) ?? []));
  const broken = await firstBroken(journal, events);
  const against = wrong.map(({ action }) => action.id);
  if (broken !== null) against.push(`audit event ${broken}`);
  const chain = broken === null ? 'the chain of events holds' : `the chain of events breaks at ${broken}`;
  const evidence = `${count(events.length, 'event speaks', 'events speak')} of ${count(
    settled.length,
    'settled action',
    'settled actions',
  )}, ${wrong.length} of them not as they must be; ${chain}.`;
  return { invariant: 'I5', holds: against.length === 0, evidence, against };
}

function isRecorded({ state, proof, requestedAt }: CaseAction, events: readonly AuditEvent[]): boolean {
  // An action that was waived, or refused before its source was asked, may still be done by hand and attested.
  const wasAsked = proof === 'ACKNOWLEDGED' || requestedAt !== null;
  const outcomes = events.filter(({ type }) => OUTCOMES.includes(type));
  const last = outcomes.at(-1);
  if (last === undefined || last.after?.state !== state) return false;
  if (outcomes.filter(({ type }) => type === 'ACTION_DONE').length > 1) return false;
  const intents = events.filter(({ type }) => type === INTENT);
  if (intents.length > 1 || (wasAsked && intents.length === 0)) return false;
  const answer = outcomes.find((event) => !wasSettledUnasked(event));
  return intents.every(
    ({ seq, revision }) => answer !== undefined && seq < answer.seq && revision < answer.revision,
  );
}

/** Whether an outcome was recorded before the source was asked: it may still be asked when the case is resumed. */
const wasSettledUnasked = ({ type, before }: AuditEvent): boolean =>
  type !== 'ACTION_DONE' && before?.state === 'PENDING';

/** Reads the chain from the first event of the case to its last: the `seq` at which it breaks, or null. */
async function firstBroken(journal: Journal, events: readonly AuditEvent[]): Promise<number | null> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (last.seq - first.seq > MAX_CHAIN) return events.find((event) => !hashHolds(event))?.seq ?? null;
  let before: AuditEvent | undefined;
  for (;;) {
    const page = await journal.auditEvents({
      after: before?.seq ?? first.seq - 1,
      before: last.seq + 1,
      limit: MAX_PAGE,
    });
    for (const event of page) {
      const follows =
        before === undefined || (event.previousHash === before.hash && event.seq === before.seq + 1);
      if (!follows || !hashHolds(event)) return event.seq;
      before = event;
    }
    if (page.length < MAX_PAGE) return before?.seq === last.seq ? null : last.seq;
  }
}

function hashHolds({ hash, ...event }: AuditEvent): boolean {
  return eventHash(event) === hash;
}
