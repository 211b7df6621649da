import 'reflect-metadata';
import { type GraphQLObjectType, type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type ContainerType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { ROOT_FIELDS } from './access/access.js';
import { AttentionResolver } from './attention/attention-resolver.js';
import { AuditEventAddedResolver } from './audit/audit-event-added.js';
import { AuditResolver } from './audit/audit-resolver.js';
import { CascadeResolver } from './cascade/cascade-resolver.js';
import { EntityResolver } from './entity/entity-resolver.js';
import { EvidenceResolver } from './evidence/evidence-resolver.js';
import { FederationResolver } from './federation/federation-resolver.js';
import { guardRoot, guardSubscribe } from './fields/guard.js';
import { GraphChangedResolver } from './graph-change/graph-changed.js';
import { ImportResolver } from './import/import-resolver.js';
import { NODE_CLASSES } from './node/node-by-id.js';
import { NodeResolver } from './node/node-resolver.js';
import { ExecutionResolver } from './offboarding/execution-resolver.js';
import { OffboardingProgressResolver } from './offboarding/offboarding-progress.js';
import { OffboardingResolver } from './offboarding/offboarding-resolver.js';
import { PlanResolver } from './offboarding/plan-resolver.js';
import { OverviewResolver } from './overview/overview.js';
import { UnownedResolver } from './overview/unowned-resolver.js';
import { PeopleResolver } from './people/people-resolver.js';
import { PolicyResolver } from './policy/policy-resolver.js';
import { RadiiResolver } from './radii/radii-resolver.js';
import { NeighboursResolver } from './relationship/neighbours-resolver.js';
import { countAnswers } from './size/answer-bytes.js';
import { SourcesResolver } from './source/sources-resolver.js';
import { ViewerResolver } from './viewer/viewer.js';

const RESOLVERS: NonEmptyArray<abstract new () => object> = [
  NodeResolver,
  EntityResolver,
  NeighboursResolver,
  RadiiResolver,
  PeopleResolver,
  UnownedResolver,
  OverviewResolver,
  SourcesResolver,
  ViewerResolver,
  ImportResolver,
  OffboardingResolver,
  PlanResolver,
  ExecutionResolver,
  CascadeResolver,
  AttentionResolver,
  PolicyResolver,
  AuditResolver,
  EvidenceResolver,
  GraphChangedResolver,
  OffboardingProgressResolver,
  AuditEventAddedResolver,
];

/** Resolvers keep nothing between calls: one of each serves every operation. */
function singletons(): ContainerType {
  const made = new Map<unknown, object>();
  return {
    get(type: new () => object) {
      const known = made.get(type);
      if (known !== undefined) return known;
      const instance = new type();
      made.set(type, instance);
      return instance;
    },
  };
}

/** TypeGraphQL asks for one where there are subscriptions. Ours follow the store, and publish nothing. */
const NO_TOPICS: PubSub = {
  publish() {
    throw new Error('Subscriptions follow the store.');
  },
  subscribe() {
    throw new Error('Subscriptions follow the store.');
  },
};

/**
 * The schema, executable. Every root field asks for the roles of `access.ts` before it does anything.
 *
 * @param more with `federation`, what a gateway asks of a subgraph is there too
 */
export function buildApiSchema(more: { readonly federation?: boolean } = {}): GraphQLSchema {
  const resolvers = more.federation ? [...RESOLVERS, FederationResolver] : RESOLVERS;
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<() => void>,
    orphanedTypes: [...NODE_CLASSES],
    container: singletons(),
    pubSub: NO_TOPICS,
    validate: { validationError: { target: false, value: false } },
  });
  countAnswers(schema);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) {
    if (!root) continue;
    root.description = ROOTS[root.name];
    closeRoot(root);
  }
  return schema;
}

/** What the three root types are for: TypeGraphQL has no place to say it. */
const ROOTS: Readonly<Record<string, string>> = {
  Query: 'What can be asked. Whatever one operation asks is answered about one state of the graph.',
  Mutation: 'What can be changed. Each answers with the revision in which its change can be seen.',
  Subscription: 'What can be listened to, whichever instance or command line makes it happen.',
};

function closeRoot(root: GraphQLObjectType): void {
  for (const field of Object.values(root.getFields())) {
    const name = `${root.name}.${field.name}`;
    const roles = ROOT_FIELDS[name];
    if (roles === undefined) throw new Error(`${name} has no roles in the table of access.ts.`);
    field.resolve = guardRoot(name, roles, field.resolve);
    if (root.name === 'Subscription') field.subscribe = guardSubscribe(name, roles, field.subscribe);
  }
}

/** The schema as it is promised to others: sorted, so that it changes only where its meaning does. */
export function printApiSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
}
