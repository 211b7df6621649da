import type { AuditEvent } from '../../model/audit.js';
import type { EntityRecord } from '../../model/entity.js';
import { codeOfRole, RELATIONSHIP_TYPES } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { formatTime } from '../../model/time.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import type { Case } from '../case/case.js';
import { actionsOf, planOf, verificationOf } from '../case/case-documents.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { Verification } from '../case/verification.js';
import { visibilityOf } from '../case/visibility-of.js';
import type { CaseContext } from '../case-context.js';
import { eventsWhere } from './audit-verification.js';
import { type Control, controlsOf } from './controls.js';
import type { Agent, Gathered } from './gathered.js';
import { type PopulationPeriod, populationOf } from './population.js';
import { radiiThen } from './radii-then.js';
import { departureOf, removalsOf } from './removals.js';

/** What was gathered, with the controls that it evidences. */
export interface EvidencePack extends Gathered {
  readonly controls: readonly Control[];
}

/** Gathers the evidence of a case from the store, and computes the radii again. */
export async function packOf(
  caseContext: CaseContext,
  offboarding: Case,
  period: PopulationPeriod,
): Promise<EvidencePack> {
  const { journal } = caseContext.store;
  const [plan, actions, verification] = await Promise.all([
    planOf(journal, offboarding),
    actionsOf(journal, offboarding.id),
    verificationOf(journal, offboarding.id),
  ]);
  const events: AuditEvent[] = [];
  for await (const event of eventsWhere(journal, { case: offboarding.id })) events.push(event);
  const pack: Gathered = {
    madeAt: formatTime(caseContext.clock.now()),
    case: offboarding,
    plan,
    actions,
    verification: verification ?? null,
    events,
    departure: departureOf(offboarding),
    removals: removalsOf(offboarding, actions),
    radii: await radiiAround(caseContext, offboarding, verification),
    visibility: await visibilityOf(caseContext, offboarding, { plan, verification }, () =>
      caseContext.graphs.current(caseContext.clock.now()),
    ),
    ...(await thingsOf(caseContext, plan)),
    population: await populationOf(caseContext, period),
  };
  return { ...pack, controls: controlsOf(pack) };
}

async function radiiAround(
  caseContext: CaseContext,
  offboarding: Case,
  verification: Verification | undefined,
): Promise<Gathered['radii']> {
  const { human, evaluatedAt } = offboarding.input;
  if (human === null) return null;
  const before = await radiiThen(caseContext, human, offboarding.plannedOn, Date.parse(evaluatedAt));
  const after =
    verification === undefined
      ? null
      : await radiiThen(caseContext, human, verification.revision, Date.parse(verification.at));
  return { before, after };
}

/** Names of all entities in a plan, and the AI agents among them. */
async function thingsOf({ store }: CaseContext, plan: KeptPlan): Promise<Pick<Gathered, 'names' | 'agents'>> {
  const { body, following, prediction, downtime } = plan;
  const made = body.actions.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.change === 'CREATE' ? [[change.entity.id, change.entity.name] as const] : [],
    ),
  );
  const ids = new Set([...body.actions, ...body.decisions].map(({ entity }) => entity));
  for (const id of [...body.accepted, ...following, ...prediction.broken, ...downtime]) ids.add(id);
  for (const id of [body.human, body.successor]) if (id !== null) ids.add(id);
  const { revision } = await store.head();
  const found = (await store.entities([...ids], revision)).filter((entity) => entity !== undefined);
  const agents = found.filter(({ properties }) => properties.jobType === 'AI_AGENT');
  return {
    names: Object.fromEntries([...made, ...found.map(({ id, name }) => [id, name] as const)]),
    agents: await Promise.all(agents.map((agent) => agentOf(store, revision, plan, agent))),
  };
}

async function agentOf(
  store: Store,
  revision: Revision,
  { body }: KeptPlan,
  { id, status }: EntityRecord,
): Promise<Agent> {
  const decided = body.decisions.find(({ entity }) => entity === id)?.action;
  const owners = await ownersOf(store, revision, id);
  return {
    id,
    what: `${decided === undefined ? 'nothing decided' : `decided ${decided}`}, now ${status}`,
    owners,
  };
}

const OWNING = RELATIONSHIP_TYPES.filter((_, code) => code === codeOfRole('OWNERSHIP'));

/** Ids of the owners of an entity. */
async function ownersOf(store: Store, at: Revision, id: string): Promise<string[]> {
  const query = { id, direction: 'IN', types: OWNING, ended: false, limit: MAX_PAGE } as const;
  const [page] = await store.relationshipsOf([query], at);
  const numbers = (page?.relationships ?? []).map(({ from }) => from);
  const owners = await store.entitiesByNumber(numbers, at);
  return owners.flatMap((owner) => (owner === undefined ? [] : [owner.id]));
}
