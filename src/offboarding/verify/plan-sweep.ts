import type { Step } from '../../graph/answers.js';
import type { ReasonStep } from '../../graph/reason.js';
import type { EntityNumber } from '../../graph/view.js';
import type { CaseAction } from '../case/case-action.js';
import { newAction } from '../case/case-actions.js';
import { Standing } from '../decide/standing.js';
import { PlanContext } from '../plan/context.js';
import { PlanDraft } from '../plan/draft-plan.js';
import { sweepKey } from '../plan/ids.js';
import { isLongLived, revoke } from '../plan/phases/revoke.js';
import { rotate } from '../plan/phases/rotate.js';
import type { Action } from '../plan/plan.js';
import { CaseInspection, type InspectedCase } from './case-inspection.js';
import { type LateCredentials, lateCredentials } from './late-credentials.js';
import { brokenBy } from './newly-broken.js';
import { unitsToSweep } from './to-rotate.js';

/** The actions of a sweep, and the credentials that it may not end. */
export interface PlannedSweep {
  readonly actions: readonly { readonly action: Action; readonly because: readonly ReasonStep[] }[];
  /** Credentials that should end but cannot be ended without breaking workloads. */
  readonly refused: readonly Refused[];
}

/** A credential that a sweep may not end, and the workloads that would break. */
export interface Refused {
  readonly entity: string;
  readonly breaks: readonly string[];
  readonly because: readonly ReasonStep[];
}

/** Plans one sweep of late credentials: it revokes and rotates, and breaks no workload. */
export function planSweep(inspected: InspectedCase): PlannedSweep {
  const inspection = new CaseInspection(inspected);
  const found = lateCredentials(inspection);
  const chosen = withoutBreaking(inspection, found);
  const { plan, actions } = planned(inspection, chosen.taken);
  return {
    actions: actions.map((action) => ({ action, because: plan.becauseOf(action.id) })),
    refused: chosen.refused.map(({ entity, breaks }) => ({
      entity: inspected.view.idOf(entity),
      breaks: breaks.map((workload) => inspected.view.idOf(workload)),
      because: contextOf(inspection, new PlanDraft()).because(found.get(entity) ?? []),
    })),
  };
}

/** The actions that a sweep adds to a case: after those there are, with idempotency keys of their own. */
export function additionsOf(
  offboarding: { readonly id: string; readonly planHash: string; readonly sweeps: number },
  { actions }: PlannedSweep,
  there: readonly CaseAction[],
): CaseAction[] {
  const round = offboarding.sweeps + 1;
  const first = there.reduce((next, { position }) => Math.max(next, position + 1), 0);
  const idOf = ({ kind, entity }: Action) => `sweep-${round}/${kind}/${entity}`;
  const ids = new Map(actions.map(({ action }) => [action.id, idOf(action)]));
  return actions.map(({ action, because }, at) =>
    newAction(
      offboarding.id,
      first + at,
      {
        ...action,
        id: idOf(action),
        dependsOn: action.dependsOn.map((before) => ids.get(before) as string),
      },
      {
        because,
        sweep: round,
        idempotencyKey: sweepKey(offboarding.planHash, round, action.kind, action.entity),
      },
    ),
  );
}

interface Chosen {
  readonly taken: LateCredentials;
  readonly refused: readonly { readonly entity: EntityNumber; readonly breaks: readonly EntityNumber[] }[];
}

/**
 * As many credentials as can end together without breaking a workload. All are tried at once, then halves of each
 * group that breaks something, so that a few needed credentials among many cost few tries.
 */
function withoutBreaking(inspection: CaseInspection, all: LateCredentials): Chosen {
  let taken: [EntityNumber, readonly Step[]][] = [];
  const refused: { entity: EntityNumber; breaks: readonly EntityNumber[] }[] = [];
  const pending = [[...all]];
  for (let group = pending.pop(); group !== undefined; group = pending.pop()) {
    if (group.length === 0) continue;
    const together = [...taken, ...group];
    const breaks = breaksOf(inspection, new Map(together));
    if (breaks.length === 0) taken = together;
    else if (group.length === 1) refused.push({ entity: group[0]![0], breaks });
    else {
      const half = Math.ceil(group.length / 2);
      pending.push(group.slice(half), group.slice(0, half));
    }
  }
  return { taken: new Map(taken), refused };
}

function breaksOf(inspection: CaseInspection, ending: LateCredentials): EntityNumber[] {
  const changes = planned(inspection, ending).actions.flatMap((action) => action.changes);
  return brokenBy(inspection.inspected.view, changes);
}

/** The actions that end these, by the same phases as any plan. */
function planned(
  inspection: CaseInspection,
  taken: LateCredentials,
): { plan: PlanDraft; actions: readonly Action[] } {
  const { view, facts } = inspection.inspected;
  const plan = new PlanDraft();
  const context = contextOf(inspection, plan);
  const ending = new Map([...taken].map(([entity, path]) => [entity, context.because(path)]));
  revoke(context, ending);
  for (const unit of unitsToSweep(inspection, context, ending)) rotate(context, unit, ending);
  const tokenType = (id: string) => facts.recordOf(view.numberOf(id)).properties.tokenType;
  return { plan, actions: plan.ordered((id) => isLongLived(tokenType(id))) };
}

function contextOf(inspection: CaseInspection, plan: PlanDraft): PlanContext {
  const { view, facts, body } = inspection.inspected;
  const { radii } = inspection;
  const nothing = {
    decided: new Map(),
    following: [],
    accepted: [],
    standing: new Standing(view, radii.units, radii.person, new Set()),
    lost: new Set<EntityNumber>(),
  };
  const { mode, evaluatedAt, successor } = body;
  return new PlanContext(view, radii, nothing, facts, plan, {
    mode,
    evaluatedAt,
    successor,
    overrides: new Map(),
  });
}
