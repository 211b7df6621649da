import type { ReasonStep } from '../../graph/reason.js';
import type { EntityRecord } from '../../model/entity.js';
import { notFound } from '../../model/errors.js';
import type { Case } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import { actionsOf, planOf, verificationOf } from '../../offboarding/case/case-documents.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import type { Verification } from '../../offboarding/case/verification.js';
import type { Change } from '../../offboarding/plan/change.js';
import type { PlanBody } from '../../offboarding/plan/plan.js';
import { MODES } from '../../offboarding/plan/plan.js';
import type { CheckedPolicy } from '../../offboarding/policy/read-policy.js';
import type { Session } from '../session.js';

/** A thing as a report names it. */
export interface Named {
  readonly id: string;
  readonly name: string;
  /** Not there for what a plan only makes. */
  readonly record?: EntityRecord;
}

/** Everything that a report about a plan says, fetched before it is drawn. */
export interface PlanView {
  readonly plan: KeptPlan;
  readonly named: (id: string) => Named;
  /** Ids of sources on which nothing outside is called. */
  readonly simulated: ReadonlySet<string>;
  /** Ids of sources on which a person does what is to be done. */
  readonly byHand: ReadonlySet<string>;
  /** Names of the rules that decided; empty where the policy is another one by now. */
  readonly rules: readonly string[];
}

/** A case with all that a report about it says. */
export interface CaseView extends PlanView {
  readonly case: Case;
  /** None before it is executed. */
  readonly actions: readonly CaseAction[];
  readonly verification: Verification | undefined;
}

/** How many records one call of the store is asked for. */
const BATCH = 1_000;

/** The words by which sources say that they only pretend, and that a person acts. */
const [SIMULATED, MANUAL] = ['SIMULATED', 'MANUAL'];

/** A case as it stands. */
export async function viewOfCase(session: Session, one: Case): Promise<CaseView> {
  const { journal } = session.store;
  const plan = await planOf(journal, one);
  const [actions, verification] = await Promise.all([
    actionsOf(journal, one.id),
    verificationOf(journal, one.id),
  ]);
  const more = [...(verification?.residual.flatMap(({ entity, path }) => [entity, ...idsOf(path)]) ?? [])];
  return { ...(await viewOfPlan(session, plan, more)), case: one, actions, verification };
}

/** A plan with the names of what it is about. @param more ids of other things that will be named */
export async function viewOfPlan(
  session: Session,
  plan: KeptPlan,
  more: readonly string[] = [],
): Promise<PlanView> {
  const { revision } = await session.store.head();
  const sources = await session.store.sources(revision);
  const acting = (word: string) =>
    new Set(sources.filter(({ actuation }) => actuation === word).map(({ id }) => id));
  return {
    plan,
    named: await namesOf(session, [...mentionedIn(plan), ...more], madeBy(plan.body)),
    simulated: acting(SIMULATED),
    byHand: acting(MANUAL),
    rules: rulesOf(plan.body, session.policy),
  };
}

/** Names by id, as things are now. @param made names of what is not there yet */
export async function namesOf(
  { store }: Pick<Session, 'store'>,
  ids: readonly string[],
  made: ReadonlyMap<string, string> = new Map(),
): Promise<(id: string) => Named> {
  const { revision } = await store.head();
  const wanted = [...new Set(ids)];
  const records = new Map<string, EntityRecord>();
  for (let from = 0; from < wanted.length; from += BATCH) {
    const found = await store.entities(wanted.slice(from, from + BATCH), revision);
    for (const record of found) if (record !== undefined) records.set(record.id, record);
  }
  return (id) => {
    const record = records.get(id);
    return { id, name: record?.name ?? made.get(id) ?? id, ...(record === undefined ? {} : { record }) };
  };
}

function mentionedIn({ body, because, needsDecision, prediction, ...plan }: KeptPlan): string[] {
  return [
    ...[body.human, body.successor, 'target' in body.about ? body.about.target : null].filter(
      (id) => id !== null,
    ),
    ...body.actions.flatMap(({ entity, changes }) => [entity, ...changes.flatMap(endsOf)]),
    ...body.decisions.flatMap(({ entity, successor }) =>
      successor === null ? [entity] : [entity, successor],
    ),
    ...body.accepted,
    ...needsDecision,
    ...prediction.exposure,
    ...prediction.broken,
    ...plan.following,
    ...plan.downtime,
    ...plan.noted.map(({ entity }) => entity),
    ...Object.values(because).flatMap(idsOf),
  ];
}

/** Ids of what a change relates to one another. */
const endsOf = (change: Change): string[] =>
  change.change === 'OPEN' || change.change === 'END'
    ? [change.relationship.from, change.relationship.to]
    : [];

const idsOf = (path: readonly ReasonStep[]): string[] => path.flatMap(({ from, to }) => [from, to]);

function madeBy({ actions }: PlanBody): ReadonlyMap<string, string> {
  const made = actions
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.change === 'CREATE' ? [change.entity] : []));
  return new Map(made.map(({ id, name }) => [id, name]));
}

/** Numbers of rules mean something only together with the policy that they were decided by. */
const rulesOf = ({ policyHash }: PlanBody, { hash, policy }: CheckedPolicy): readonly string[] =>
  policyHash === hash ? policy.rules.map(({ name }) => name) : [];

/** @throws NOT_FOUND where something that a person named is not there */
export function requireNamed({ record, id }: Named): EntityRecord {
  if (record === undefined) throw notFound(`There is nothing with the id ${id}; look it up and try again.`);
  return record;
}

/** The modes by which phases can be ordered, as options offer them. */
export const MODE_CHOICES: readonly string[] = MODES;
