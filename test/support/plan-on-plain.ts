import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GraphView } from '../../src/graph/view.js';
import type { EntityRecord } from '../../src/model/entity.js';
import type { Millis } from '../../src/model/time.js';
import type { Change, RelationshipName } from '../../src/offboarding/plan/change.js';
import type { Facts } from '../../src/offboarding/plan/context.js';
import type { KnownSources } from '../../src/offboarding/plan/known-sources.js';
import { isSelfContained } from '../../src/offboarding/plan/plan.js';
import type { Plan } from '../../src/offboarding/plan/plan-result.js';
import type { Policy } from '../../src/offboarding/policy/policy.js';
import type { PlainEntity, PlainGraph, PlainRelationship } from '../reference/index.js';
import type { PlanSummary } from '../reference/offboarding/index.js';

const policyFile = fileURLToPath(new URL('../../../seed/policy.default.json', import.meta.url));

export const defaultPolicy = JSON.parse(readFileSync(policyFile, 'utf8')) as Policy;

/** Sources of which nothing is said. */
export const nothingKnown: KnownSources = { sources: [], staleAfter: 0, sentTo: () => null };

/** What the planner asks of a store, answered from a plain graph. */
export function factsOf(graph: PlainGraph, view: GraphView): Facts {
  return {
    recordOf: (number) => recordOf(graph.entities.get(view.idOf(number))!, number),
    sourceId: (source) => {
      const entity = [...graph.entities.values()].find(
        ({ id }) => view.sourceOf(view.numberOf(id)) === source,
      );
      return entity!.source;
    },
    detailsOf: () => ({}),
  };
}

function recordOf(entity: PlainEntity, number: number): EntityRecord {
  const { id, kind, status, lastUsedAt, source: _source, ...properties } = entity;
  return {
    number,
    id,
    kind,
    name: id,
    status,
    source: 1,
    externalId: null,
    createdAt: null,
    lastUsedAt: lastUsedAt ?? null,
    firstSeenAt: 0,
    lastSeenAt: 0,
    properties: { ...properties },
    attributes: {},
    claim: { present: true, status, reportedAt: 0 },
    overlay: null,
  };
}

/** The graph as it is when every action of a plan is done. */
export function applied(graph: PlainGraph, changes: readonly Change[], now: Millis): PlainGraph {
  const entities = new Map(graph.entities);
  let relationships = graph.relationships;
  for (const change of changes) {
    switch (change.change) {
      case 'SET_STATUS':
        entities.set(change.entity, { ...entities.get(change.entity)!, status: change.status });
        break;
      case 'CREATE': {
        const { id, kind, source, properties } = change.entity;
        entities.set(id, { id, kind, source, status: 'ACTIVE', ...properties });
        break;
      }
      case 'END':
        relationships = relationships.filter((candidate) => !isNamed(candidate, change.relationship));
        break;
      case 'OPEN':
        relationships = [
          ...relationships.filter((candidate) => !isNamed(candidate, change.relationship)),
          opened(change.relationship),
        ];
        break;
    }
  }
  return { now, entities, relationships };
}

function isNamed(candidate: PlainRelationship, name: RelationshipName): boolean {
  return (
    candidate.type === name.type &&
    candidate.from === name.from &&
    candidate.to === name.to &&
    (name.permission === undefined || candidate.permission === name.permission)
  );
}

function opened(
  name: RelationshipName & { readonly required?: boolean; readonly sustains?: boolean },
): PlainRelationship {
  return {
    type: name.type,
    from: name.from,
    to: name.to,
    open: true,
    permission: name.permission ?? 'READ',
    needs: 'WRITE',
    required: name.required ?? true,
    access: true,
    sustains: name.sustains ?? false,
  };
}

/**
 * All that a plan changes. A token that nobody can revoke counts as if it had been: it is a residual entry with
 * a date, and not what the invariants are about.
 */
export const changesOf = ({ body }: Pick<Plan, 'body'>): Change[] =>
  body.actions.flatMap((action) =>
    isSelfContained(action)
      ? [{ change: 'SET_STATUS', entity: action.entity, status: 'REVOKED' }]
      : action.changes,
  );

/** What the invariants have to know of a plan. */
export function summaryOf(plan: Pick<Plan, 'body'>): PlanSummary {
  const { decisions, accepted } = plan.body;
  const decidedTo = (action: string) =>
    decisions.filter((decision) => decision.action === action).map((decision) => decision.entity);
  const changes = changesOf(plan);
  return {
    decisions: Object.fromEntries(decisions.map(({ entity, action }) => [entity, action])),
    accepted,
    retired: decidedTo('RETIRE'),
    rehomed: decidedTo('REHOME'),
    provisioned: changes.flatMap((change) => (change.change === 'CREATE' ? [change.entity.id] : [])),
    namedChanges: {
      entities: changes.flatMap((change) => (change.change === 'SET_STATUS' ? [change.entity] : [])),
      relationships: changes.flatMap((change) =>
        change.change === 'END' || change.change === 'OPEN'
          ? [{ type: change.relationship.type, from: change.relationship.from, to: change.relationship.to }]
          : [],
      ),
    },
    rotateReadable: 'sensitive',
  };
}
