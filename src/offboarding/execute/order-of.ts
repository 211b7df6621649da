import { notFound } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import type { Order, OrderedEntity, OrderedRelationship, OrderedSource } from '../../sources/actuator.js';
import type { CaseAction } from '../case/case-action.js';
import type { CaseContext } from '../case-context.js';
import type { Change } from '../plan/change.js';

/** The order that is sent to a source for an action, made from the present graph. */
export async function orderOf(caseContext: CaseContext, { action, ...kept }: CaseAction): Promise<Order> {
  const { revision } = await caseContext.store.head();
  const source = await sourceOf(caseContext, action.source, revision);
  return {
    idempotencyKey: kept.idempotencyKey,
    case: kept.case,
    action: action.id,
    kind: action.kind,
    entity: await entityOf(caseContext, action.entity, action.changes, revision),
    source,
    details: action.details,
    relationships: action.changes.flatMap(relationshipOf),
    attempt: kept.attempts + 1,
  };
}

async function sourceOf(caseContext: CaseContext, id: string, revision: number): Promise<OrderedSource> {
  const found = (await caseContext.store.sources(revision)).find((source) => source.id === id);
  if (found === undefined) throw notFound(`There is no source ${id} to act on; import it again.`);
  return { id, vendor: found.vendor, actuation: found.actuation };
}

/** The entity of an action. One that the action creates is known from the plan only. */
async function entityOf(
  caseContext: CaseContext,
  id: string,
  changes: readonly Change[],
  revision: number,
): Promise<OrderedEntity> {
  const [record] = await caseContext.store.entities([id], revision);
  if (record !== undefined) {
    const { kind, name, externalId } = record;
    return { id, kind, name, externalId };
  }
  for (const change of changes) {
    if (change.change !== 'CREATE' || change.entity.id !== id) continue;
    return { id, kind: change.entity.kind, name: change.entity.name, externalId: null };
  }
  // Only what a plan makes may be unknown to the graph.
  throw notFound(`There is nothing with the id ${quote(id)} to act on.`);
}

function relationshipOf(change: Change): OrderedRelationship[] {
  if (change.change !== 'OPEN' && change.change !== 'END') return [];
  const { type, from, to, permission } = change.relationship;
  return [{ change: change.change, type, from, to, permission: permission ?? null }];
}
