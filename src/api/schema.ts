import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { AttentionResolver } from './attention/attention-resolver.js';
import { AuditEventAddedResolver } from './audit/audit-event-added.js';
import { AuditResolver } from './audit/audit-resolver.js';
import { buildSchemaOf, type DecoratedClass } from './build-schema.js';
import { CascadeResolver } from './cascade/cascade-resolver.js';
import { ChangesResolver } from './changes/changes-resolver.js';
import { EntityResolver } from './entity/entity-resolver.js';
import { EvidenceResolver } from './evidence/evidence-resolver.js';
import { FederationResolver } from './federation/federation-resolver.js';
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
import { SearchResolver } from './search/search-resolver.js';
import { countAnswers } from './size/answer-bytes.js';
import { SourcesResolver } from './source/sources-resolver.js';
import { TakeBackResolver } from './source/take-back-resolver.js';
import { ViewerResolver } from './viewer/viewer.js';
import { WhatIfResolver } from './what-if/what-if-resolver.js';
import { WorkloadResolver } from './workload/workload-resolver.js';

const RESOLVERS: readonly DecoratedClass[] = [
  NodeResolver,
  EntityResolver,
  NeighboursResolver,
  RadiiResolver,
  PeopleResolver,
  SearchResolver,
  ChangesResolver,
  WhatIfResolver,
  UnownedResolver,
  WorkloadResolver,
  OverviewResolver,
  SourcesResolver,
  TakeBackResolver,
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

/**
 * The whole schema, executable. Every root field checks the roles of its declaration before anything else.
 *
 * @param more with `federation`, what a gateway asks of a subgraph is there too
 */
export function buildApiSchema(more: { readonly federation?: boolean } = {}): GraphQLSchema {
  const resolvers = more.federation ? [...RESOLVERS, FederationResolver] : RESOLVERS;
  const schema = buildSchemaOf(resolvers, NODE_CLASSES);
  countAnswers(schema);
  return schema;
}

/** The schema as it is promised to others: sorted, so that it changes only where its meaning does. */
export function printApiSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
}
