import type { Case } from '../../offboarding/case/case.js';
import type { ActionState } from '../../offboarding/case/case-action.js';
import { choicesFor } from '../../offboarding/case/choices.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import type { Residual as Left } from '../../offboarding/case/verification.js';
import type { Moment } from '../operation/moment.js';
import { forwardPage, type Keyset, sorted } from '../paging/keyset.js';
import type { ForwardPaging } from '../paging/paging.js';
import { ActionConnection, type ActionRow, OffboardingAction } from './action.js';
import { caseLoaders } from './case-loaders.js';
import { Decision, DecisionConnection, type DecisionRow } from './decision.js';
import { Residual, ResidualConnection, type ResidualRow } from './residual.js';

/** A page of the decisions of a plan, and of the entities that follow another decision. */
export function decisionsPage(moment: Moment, offboarding: Case, plan: KeptPlan, paging: ForwardPaging) {
  // The newest decision of a person about an entity counts.
  const overrides = new Map(offboarding.decisions.map((decision) => [decision.entity, decision]));
  const decided = plan.body.decisions.map((planned) => ({
    entity: planned.entity,
    planned,
    override: planned.rule === 0 ? (overrides.get(planned.entity) ?? null) : null,
    choices: choicesFor(plan, planned.entity),
  }));
  const following = plan.following.map((entity) => ({ entity, planned: null, override: null, choices: [] }));
  const keyset: Keyset<DecisionRow> = {
    list: 'decisions',
    keyOf: ({ planned, entity }) => [planned === null ? 1 : 0, entity],
  };
  const page = pageOf(moment, [...decided, ...following], keyset, paging);
  return new DecisionConnection(page, (row) => new Decision(row, moment));
}

/** Which actions of a case are asked for. */
export interface ActionsAsked {
  readonly paging: ForwardPaging;
  readonly phase?: number | null | undefined;
  readonly states?: readonly ActionState[] | null | undefined;
}

export async function actionsPage(
  moment: Moment,
  offboarding: Case,
  { paging, phase, states }: ActionsAsked,
) {
  const actions = await caseLoaders(moment).actions.load(offboarding);
  const wanted = actions.filter(
    ({ action, state }) => (phase == null || action.phase === phase) && (states?.includes(state) ?? true),
  );
  const keyset: Keyset<ActionRow> = { list: 'actions', keyOf: ({ done }) => [done.position] };
  const rows = wanted.map((done) => ({ offboarding, done }));
  return new ActionConnection(
    pageOf(moment, rows, keyset, paging),
    (row) => new OffboardingAction(row, moment),
  );
}

export async function residualPage(moment: Moment, offboarding: Case, paging: ForwardPaging) {
  return residualRows(moment, offboarding, await residualOf(moment, offboarding), paging);
}

type PlacedRow = ResidualRow & { readonly at: number };

/** What is left, by id. */
const BY_ID: Keyset<PlacedRow> = { list: 'residual', keyOf: ({ left, at }) => [left.entity, at] };

/** What is left as it was found, which is in the order of the plan. */
export const AS_FOUND: Keyset<PlacedRow> = { list: 'residual.found', keyOf: ({ at }) => [at] };

/** A page of what is left after a case. */
export function residualRows(
  moment: Moment,
  offboarding: Case,
  residual: readonly Left[],
  paging: ForwardPaging,
  keyset = BY_ID,
): InstanceType<typeof ResidualConnection> {
  const rows = residual.map((left, at) => ({ offboarding, left, at }));
  const page = pageOf(moment, rows, keyset, paging);
  return new ResidualConnection(page, (row) => new Residual(row, moment));
}

/** What is left after a case; before it is verified, what its plan already notes. */
async function residualOf(moment: Moment, offboarding: Case): Promise<readonly Left[]> {
  const found = await caseLoaders(moment).verification.load(offboarding.id);
  return found?.residual ?? notedIn(offboarding, await caseLoaders(moment).plan.load(offboarding));
}

/** What a plan knowingly leaves, as entries of the residual ledger. */
export function notedIn({ planned }: Case, { noted }: KeptPlan): Left[] {
  return noted.map(({ entity, why }) => ({
    entity,
    kind: 'NOTED',
    why,
    since: planned.at,
    until: null,
    owner: null,
    action: null,
    path: [],
  }));
}

function pageOf<T>(moment: Moment, rows: readonly T[], keyset: Keyset<T>, paging: ForwardPaging) {
  return forwardPage(sorted(rows, keyset), keyset, paging, moment.services.limits, moment.revision);
}
