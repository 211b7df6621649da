import { reasonStepOf } from '../../graph/reason.js';
import { type Unknown, unknownSentence } from '../../model/unknown.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { Residual } from '../case/verification.js';
import type { CaseInspection } from './case-inspection.js';
import type { Undone } from './check-settled.js';
import type { PlannedSweep } from './plan-sweep.js';
import { type Common, residualOfActions } from './residual-actions.js';

/** How many entries there are for what is still reached. Each stands for everything that is reached through it. */
const MAX_REACHED = 1_000;

/** All that is left after a case (semantics, section 5, *Residual ledger*). */
export function residualOf(
  inspection: CaseInspection,
  plan: Pick<KeptPlan, 'noted'>,
  found: { readonly undone: readonly Undone[]; readonly sweep: PlannedSweep },
  common: Common & { readonly executedAt: string },
): Residual[] {
  const entries = residualOfActions(inspection, common);
  const base = { kind: 'OPEN', until: null, owner: common.owner, action: null, path: [] } as const;
  for (const { entity, action, why } of found.undone)
    entries.push({
      ...base,
      entity,
      why: `RESURRECTED: ${why}`,
      since: common.now,
      action: action.action.id,
    });
  for (const { entity, breaks, because } of found.sweep.refused) {
    const why = `It appeared while the case ran, and ending it would stop ${breaks.join(', ')}: plan again to re-home.`;
    entries.push({ ...base, entity, why, since: common.now, path: because });
  }
  for (const { action, because } of found.sweep.actions) {
    const why = `It appeared while the case ran, and no sweep has ended it yet: ${action.kind} is due.`;
    entries.push({ ...base, entity: action.entity, why, since: common.now, path: because });
  }
  entries.push(...stillReached(inspection, new Set(entries.map(({ entity }) => entity)), common));
  for (const { entity, why } of plan.noted)
    entries.push({ ...base, entity, kind: 'NOTED', why, since: common.executedAt });
  return entries;
}

/** What could not be looked into, as entries that keep nothing open: about the account, else the source. */
export function notedUnknowns(unknown: readonly Unknown[], { now }: Pick<Common, 'now'>): Residual[] {
  return unknown.map((one) => ({
    entity: one.account ?? one.source,
    kind: 'NOTED',
    why: unknownSentence(one),
    since: one.since ?? now,
    until: null,
    owner: null,
    action: null,
    path: [],
  }));
}

/**
 * What the leaver can still reach and no other entry explains. Only the first entity of each path is listed: the
 * others are reached through it.
 */
function stillReached(
  inspection: CaseInspection,
  told: ReadonlySet<string>,
  { now, owner }: Common,
): Residual[] {
  if (inspection.human === 0) return [];
  const { view } = inspection.inspected;
  const { exposure } = inspection.radii;
  const found: Residual[] = [];
  for (const { entity } of exposure.members) {
    if (found.length >= MAX_REACHED) break;
    const path = exposure.pathTo(entity);
    const id = view.idOf(entity);
    const before = path.slice(0, -1).some(({ to }) => exposure.has(to) || told.has(view.idOf(to)));
    if (before || told.has(id)) continue;
    const why = 'The leaver can still use it, and neither the plan nor a sweep may end it: plan again.';
    found.push({
      entity: id,
      kind: 'OPEN',
      why,
      since: now,
      until: null,
      owner,
      action: null,
      path: path.map((step) => reasonStepOf(view, step)),
    });
  }
  return found;
}
