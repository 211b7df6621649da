import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import {
  type NamedStepFragment,
  type ShownActionFragment,
  ShownOffboardingDocument,
  type ShownOffboardingQuery,
  type ShownResidualFragment,
} from '../../documents/generated/graphql.js';
import { notFound } from '../../model/errors.js';
import { unknownOf } from '../unknown.js';
import { changesOf, endsOf } from './change.js';
import { distinctNames } from './distinct-names.js';
import { thingsOf } from './names.js';
import { namedAmong, type Outlook, type PlanAction, type PlanView, type Thing } from './plan-view.js';

/** A case as the API answers. */
export type ShownCase = NonNullable<ShownOffboardingQuery['offboarding']>;

/** A case with all that a report about it says. */
export interface CaseView extends PlanView {
  readonly case: ShownCase;
  /** All actions: those of the plan, and what was added while it was carried out. */
  readonly all: readonly ShownActionFragment[];
  readonly needsDecision: readonly Thing[];
  readonly residual: readonly ShownResidualFragment[];
}

/** A case as it stands, by its id. @throws NOT_FOUND */
export async function viewOfCase(client: Client, id: string): Promise<CaseView> {
  const { offboarding, policy } = await executeAll(client, ShownOffboardingDocument, { id });
  if (offboarding === null) throw notFound(`There is no case ${id} any more.`);
  const all = rowsOf(offboarding.actions);
  const executed = offboarding.executedBy !== null;
  const decisions = rowsOf(offboarding.decisions);
  const things = await thingsIn(client, offboarding, all);
  const about = offboarding.human ?? offboarding.target;
  if (about === null) throw notFound(`The case ${id} is about nothing that is there.`);
  return {
    kind: offboarding.kind,
    about,
    mode: offboarding.mode,
    evaluatedAt: offboarding.evaluatedAt,
    lastWorkingDay: offboarding.lastWorkingDay,
    successor: offboarding.successor,
    decisions: decisions.filter(({ follows }) => !follows),
    actions: all.filter(isPlanned).map((action) => planAction(action, executed)),
    outlook: outlookOf(offboarding),
    unknown: unknownOf(offboarding),
    named: namedAmong(things),
    nameOf: distinctNames([...things, about, ...stepsIn(all), ...stepsIn(rowsOf(offboarding.residual))]),
    // Numbers of rules mean something only together with the policy that they were decided by.
    rules: policy.hash === offboarding.policyHash ? policy.rules.map(({ name }) => name) : [],
    case: offboarding,
    all: executed ? all : [],
    needsDecision: rowsOf(offboarding.needsDecision),
    residual: rowsOf(offboarding.residual),
  };
}

/** The rows of a connection; none where a page leaves it out. */
export function rowsOf<Node>(
  connection: { readonly edges: readonly { readonly node: Node }[] } | undefined,
): Node[] {
  return connection?.edges.map(({ node }) => node) ?? [];
}

/** What sweeps add, and what undoes a cancelled case, is not of the plan. */
const isPlanned = ({ sweep, details }: ShownActionFragment): boolean => sweep === 0 && !('undoes' in details);

function planAction(action: ShownActionFragment, executed: boolean): PlanAction {
  const { state, proof, proofReference, lastError, ...more } = action;
  const carried = executed ? { state, proof, proofReference, lastError } : null;
  return { ...more, changes: changesOf(action), carried };
}

function outlookOf({ human, prediction, downtime, decisions }: ShownCase): Outlook {
  const [accepted, unexpected] = [rowsOf(prediction.accepted), rowsOf(prediction.unexpected)];
  const said = new Set([...accepted, ...unexpected].map(({ id }) => id));
  return {
    exposure: human === null ? null : rowsOf(prediction.exposure),
    alreadyBroken: rowsOf(prediction.alreadyBroken),
    retired: rowsOf(prediction.broken).filter(({ id }) => !said.has(id)),
    accepted,
    unexpected,
    downtime: rowsOf(downtime),
    following: rowsOf(decisions)
      .filter(({ follows }) => follows)
      .map(({ entity }) => entity),
    noted: rowsOf(prediction.noted).map(({ entity, entityId, why }) => ({
      thing: entity ?? { id: entityId, name: entityId },
      why,
    })),
  };
}

/** Details that name a thing by its id. */
const NAMING = ['replaces', 'inPlaceOf', 'for'] as const;

/** The ends of all steps of the paths that explain something. */
export function stepsIn(
  explained: readonly { readonly because: { readonly path: readonly NamedStepFragment[] } }[],
) {
  return explained.flatMap(({ because }) => because.path.flatMap(({ from, to }) => [from, to]));
}

/** All that a report speaks of by id only: most are in the answer, the rest is asked for. */
async function thingsIn(
  client: Client,
  offboarding: ShownCase,
  actions: readonly ShownActionFragment[],
): Promise<Thing[]> {
  const made = actions
    .flatMap(changesOf)
    .flatMap((change) => (change.change === 'CREATE' ? [change.entity] : []))
    .map(({ id, name }) => ({ id, name }));
  const there = [
    ...actions.map(({ entity }) => entity),
    ...rowsOf(offboarding.residual).map(({ entity }) => entity),
  ].filter((entity) => entity !== null);
  const waiting = new Set(offboarding.next.flatMap((step) => step.actions));
  const mentioned = [
    ...actions.flatMap(({ details }) => NAMING.map((key) => details[key])),
    ...actions.filter(({ id }) => waiting.has(id)).flatMap((action) => changesOf(action).flatMap(endsOf)),
    ...(offboarding.verification?.checks.flatMap(({ against }) => against) ?? []),
  ].filter((id) => typeof id === 'string');
  const known = new Set([...made, ...there].map(({ id }) => id));
  const more = await thingsOf(
    client,
    mentioned.filter((id) => !known.has(id)),
  );
  return [...made, ...there, ...more];
}
