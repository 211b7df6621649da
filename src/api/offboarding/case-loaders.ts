import DataLoader from 'dataloader';
import type { AuditEvent } from '../../model/audit.js';
import type { Case } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import { actionsOfPlan } from '../../offboarding/case/case-actions.js';
import { actionsOf, casesById, plansOf, verificationsOf } from '../../offboarding/case/case-documents.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import type { Verification } from '../../offboarding/case/verification.js';
import type { Journal } from '../../store/journal.js';
import type { Moment } from '../operation/moment.js';

/** Batched reads of cases, as `Loaders` has them of the graph. The journal keeps only their present state. */
export interface CaseLoaders {
  readonly case: DataLoader<string, Case | undefined>;
  readonly plan: DataLoader<Case, KeptPlan, string>;
  readonly verification: DataLoader<string, Verification | undefined>;
  /** Audit events by `seq`. */
  readonly event: DataLoader<number, AuditEvent | undefined>;
  /** Actions in the order of execution; before a case is executed, those of its plan. */
  readonly actions: DataLoader<Case, readonly CaseAction[], string>;
}

const known = new WeakMap<Moment, CaseLoaders>();

/** The loaders of cases that belong to a moment. */
export function caseLoaders(moment: Moment): CaseLoaders {
  const made = known.get(moment) ?? loadersOf(moment);
  known.set(moment, made);
  return made;
}

async function eventAt(journal: Journal, seq: number): Promise<AuditEvent | undefined> {
  const [event] = await journal.auditEvents({ after: seq - 1, before: seq + 1, limit: 1 });
  return event;
}

function loadersOf({ services }: Moment): CaseLoaders {
  const { journal } = services.store;
  const byId = { cacheKeyFn: ({ id, planHash }: Case) => `${id} ${planHash}` };
  const plan = new DataLoader((cases: readonly Case[]) => plansOf(journal, cases), byId);
  return {
    case: new DataLoader((ids: readonly string[]) => casesById(journal, ids)),
    plan,
    event: new DataLoader((places: readonly number[]) =>
      Promise.all(places.map((seq) => eventAt(journal, seq))),
    ),
    verification: new DataLoader((ids: readonly string[]) => verificationsOf(journal, ids)),
    actions: new DataLoader(
      (cases: readonly Case[]) =>
        Promise.all(
          cases.map(async (offboarding) =>
            offboarding.executed === null
              ? actionsOfPlan(offboarding.id, await plan.load(offboarding))
              : actionsOf(journal, offboarding.id),
          ),
        ),
      byId,
    ),
  };
}
