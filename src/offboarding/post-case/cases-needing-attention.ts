import { formatTime, type Millis } from '../../model/time.js';
import type { Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Case } from '../case/case.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { isOfAnotherClock, whyLeftAlone } from '../case/case-clock.js';
import { actionsOf, verificationsOf } from '../case/case-documents.js';
import { isUnderWay } from '../case/case-states.js';
import { casesGoingOn } from '../case/cases-going-on.js';
import type { CaseContext } from '../case-context.js';
import type { Attention } from './attention.js';

/** How long a case may wait for somebody before it counts as stuck, in milliseconds. */
export const STUCK_AFTER: Millis = 72 * 3_600_000;

/** How long after its `wakeAt`, or after its lease has run out, a case counts as stuck, in milliseconds. */
export const TAKEN_WITHIN: Millis = 5 * 60_000;

/** The entries that follow from cases: waivers that have run out, and cases that do not go on. */
export async function attentionOfCases(
  caseContext: Pick<CaseContext, 'store' | 'clock' | 'clockKind'>,
): Promise<Attention[]> {
  const { store, clock } = caseContext;
  const now = clock.now();
  const found: Attention[] = [];
  let over: Case[] = [];
  for (const offboarding of await casesGoingOn(store)) {
    if (isOfAnotherClock(caseContext, offboarding)) found.push(leftAlone(caseContext, offboarding));
    else if (isUnderWay(offboarding)) found.push(...(await ofRunning(store.journal, offboarding, now)));
    else over.push(offboarding);
    if (over.length < MAX_PAGE) continue;
    found.push(...(await ofOver(store.journal, over, now)));
    over = [];
  }
  return [...found, ...(await ofOver(store.journal, over, now))];
}

async function ofRunning(journal: Journal, offboarding: Case, now: Millis): Promise<Attention[]> {
  const actions = await actionsOf(journal, offboarding.id);
  const expired = actions.flatMap(({ action, waiver, state }) => {
    const isOver = state === 'WAIVED' && waiver !== null && Date.parse(waiver.until) <= now;
    return isOver ? [expiredWaiver(offboarding, action.entity, waiver.until, waiver.owner)] : [];
  });
  const stuck = whyStuck(offboarding, actions, now);
  return stuck === null ? expired : [...expired, stuckCase(offboarding, stuck)];
}

async function ofOver(journal: Journal, cases: readonly Case[], now: Millis): Promise<Attention[]> {
  if (cases.length === 0) return [];
  const found = await verificationsOf(
    journal,
    cases.map(({ id }) => id),
  );
  return cases.flatMap((offboarding, at) => {
    const expired = (found[at]?.residual ?? []).flatMap(({ entity, waivedUntil, owner }) =>
      waivedUntil !== undefined && Date.parse(waivedUntil) <= now
        ? [expiredWaiver(offboarding, entity, waivedUntil, owner)]
        : [],
    );
    const missed = missedSince(offboarding.wakeAt, now);
    const why = 'It was to be verified again, and nobody did';
    return missed === null ? expired : [...expired, stuckCase(offboarding, { since: missed, why })];
  });
}

/** Since when a case has been stuck, and why; null where it goes on, or waits for a time in the future. */
function whyStuck(
  offboarding: Case,
  actions: readonly CaseAction[],
  now: Millis,
): { readonly since: string; readonly why: string } | null {
  if (offboarding.state === 'EXECUTING') {
    // Leases are about processes, and go by the real time.
    const since =
      offboarding.lease === null
        ? (offboarding.executed?.at ?? offboarding.planned.at)
        : offboarding.lease.until;
    const isLeft = Date.parse(since) + TAKEN_WITHIN <= (offboarding.lease === null ? now : Date.now());
    return isLeft ? { since, why: 'Nobody carries it out' } : null;
  }
  const missed = missedSince(offboarding.wakeAt, now);
  if (missed !== null) return { since: missed, why: 'Its time has come, and nobody took it' };
  const { heldSince } = offboarding;
  if (heldSince != null) return { since: heldSince, why: 'It begins nothing more until somebody decides' };
  const asked = actions.flatMap((action) => (isSettled(action) ? [] : (action.requestedAt ?? [])));
  const oldest = asked.sort()[0];
  if (oldest === undefined || Date.parse(oldest) + STUCK_AFTER > now) return null;
  return { since: oldest, why: `It waits for what was asked on ${oldest}` };
}

/** The `wakeAt` of a case, where it is long past; else null. */
function missedSince(wakeAt: string | null, now: Millis): string | null {
  return wakeAt !== null && Date.parse(wakeAt) + TAKEN_WITHIN <= now ? wakeAt : null;
}

function expiredWaiver(offboarding: Case, entity: string, until: string, owner: string | null): Attention {
  const why = `The waiver that ${owner ?? 'nobody'} answers for ran out: do what was waived, or waive it anew.`;
  return { kind: 'EXPIRED_WAIVER', entity, case: offboarding.id, since: until, why, relationship: null };
}

/** A case that nobody here carries on: its times say nothing by this clock. */
function leftAlone(caseContext: Pick<CaseContext, 'clockKind'>, offboarding: Case): Attention {
  const { id, executed, planned, input } = offboarding;
  return {
    kind: 'CASE_STUCK',
    entity: input.human ?? input.target ?? id,
    case: id,
    since: (executed ?? planned).at,
    why: whyLeftAlone(caseContext, offboarding),
    relationship: null,
  };
}

function stuckCase(
  offboarding: Case,
  { since, why }: { readonly since: string; readonly why: string },
): Attention {
  const entity = offboarding.input.human ?? offboarding.input.target ?? offboarding.id;
  const waits = offboarding.because?.replace(/\.$/, '') ?? `it is ${offboarding.state}`;
  const said = `${why}: ${waits}. Resume it.`;
  return {
    kind: 'CASE_STUCK',
    entity,
    case: offboarding.id,
    since: formatTime(Date.parse(since)),
    why: said,
    relationship: null,
  };
}
