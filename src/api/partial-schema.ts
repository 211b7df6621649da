import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaOf, type DecoratedClass } from './build-schema.js';
import { ENTITY_CLASSES } from './entity/wrap.js';
import { ViewerResolver } from './viewer/viewer.js';

/** A resolver, and the root fields it has: known before it is loaded. */
interface KnownResolver {
  readonly fields: readonly string[];
  readonly load: () => Promise<DecoratedClass>;
}

/** Every resolver. A test holds that each has the fields named here and that none is missing. */
export const KNOWN_RESOLVERS: readonly KnownResolver[] = [
  {
    fields: ['Query.node', 'Query.nodes'],
    load: async () => (await import('./node/node-resolver.js')).NodeResolver,
  },
  {
    fields: ['Query.attention'],
    load: async () => (await import('./attention/attention-resolver.js')).AttentionResolver,
  },
  {
    fields: ['Subscription.auditEventAdded'],
    load: async () => (await import('./audit/audit-event-added.js')).AuditEventAddedResolver,
  },
  {
    fields: ['Query.auditEvents', 'Query.auditVerification'],
    load: async () => (await import('./audit/audit-resolver.js')).AuditResolver,
  },
  {
    fields: ['Query.entity', 'Query.entities', 'Query.human'],
    load: async () => (await import('./entity/entity-resolver.js')).EntityResolver,
  },
  {
    fields: ['Entity.owners', 'Entity.relationships'],
    load: async () => (await import('./relationship/neighbours-resolver.js')).NeighboursResolver,
  },
  {
    fields: ['Query.evidence'],
    load: async () => (await import('./evidence/evidence-resolver.js')).EvidenceResolver,
  },
  {
    fields: ['Subscription.graphChanged'],
    load: async () => (await import('./graph-change/graph-changed.js')).GraphChangedResolver,
  },
  {
    fields: ['Mutation.importSnapshot'],
    load: async () => (await import('./import/import-resolver.js')).ImportResolver,
  },
  {
    fields: [
      'Mutation.executeOffboarding',
      'Mutation.resumeOffboarding',
      'Mutation.attestActions',
      'Mutation.waive',
    ],
    load: async () => (await import('./offboarding/execution-resolver.js')).ExecutionResolver,
  },
  {
    fields: ['Subscription.offboardingProgress'],
    load: async () => (await import('./offboarding/offboarding-progress.js')).OffboardingProgressResolver,
  },
  {
    fields: [
      'Query.offboarding',
      'Query.offboardings',
      'Query.findOffboarding',
      'Query.offboardingVerification',
    ],
    load: async () => (await import('./offboarding/offboarding-resolver.js')).OffboardingResolver,
  },
  {
    fields: [
      'Mutation.planOffboarding',
      'Mutation.decide',
      'Mutation.approvePlan',
      'Mutation.replan',
      'Mutation.cancelOffboarding',
    ],
    load: async () => (await import('./offboarding/plan-resolver.js')).PlanResolver,
  },
  {
    fields: ['Query.overview'],
    load: async () => (await import('./overview/overview.js')).OverviewResolver,
  },
  {
    fields: ['Query.unowned', 'Query.unlinkedAccounts'],
    load: async () => (await import('./overview/unowned-resolver.js')).UnownedResolver,
  },
  {
    fields: ['Query.lingeringAccess', 'Query.exposureRanking'],
    load: async () => (await import('./people/people-resolver.js')).PeopleResolver,
  },
  {
    fields: ['Query.changes'],
    load: async () => (await import('./changes/changes-resolver.js')).ChangesResolver,
  },
  {
    fields: ['Query.whatIf'],
    load: async () => (await import('./what-if/what-if-resolver.js')).WhatIfResolver,
  },
  {
    fields: ['Query.search'],
    load: async () => (await import('./search/search-resolver.js')).SearchResolver,
  },
  {
    fields: ['Query.policy', 'Query.policyExplanation'],
    load: async () => (await import('./policy/policy-resolver.js')).PolicyResolver,
  },
  {
    fields: ['Query.blastRadius', 'Query.jointBlastRadius', 'Query.accessPaths', 'Query.whoCanReach'],
    load: async () => (await import('./radii/radii-resolver.js')).RadiiResolver,
  },
  {
    fields: [
      'Query.previewRevocation',
      'Mutation.revoke',
      'Mutation.rotateSecret',
      'Mutation.rehome',
      'Mutation.transferOwnership',
      'Mutation.retire',
    ],
    load: async () => (await import('./cascade/cascade-resolver.js')).CascadeResolver,
  },
  {
    fields: ['Query.sources'],
    load: async () => (await import('./source/sources-resolver.js')).SourcesResolver,
  },
  {
    fields: ['Mutation.removeSource', 'Mutation.revertImport'],
    load: async () => (await import('./source/take-back-resolver.js')).TakeBackResolver,
  },
  {
    fields: ['Query.broken', 'Workload.working', 'Workload.brokenBy', 'Workload.stopsAt', 'Workload.stopsBy'],
    load: async () => (await import('./workload/workload-resolver.js')).WorkloadResolver,
  },
  {
    fields: ['Query.viewer'],
    load: async () => (await import('./viewer/viewer.js')).ViewerResolver,
  },
];

/**
 * A schema that has at least some root fields, for who knows what will be asked: to load and to build all of it takes
 * several times as long. What is asked of it is answered as by the whole schema.
 *
 * @param fields such as `Query.accessPaths`
 */
export async function partialSchema(fields: readonly string[]): Promise<GraphQLSchema> {
  const needed = KNOWN_RESOLVERS.filter((known) => known.fields.some((field) => fields.includes(field)));
  const loaded = await Promise.all(needed.map(({ load }) => load()));
  // GraphQL wants a query in every schema; this one is small.
  return buildSchemaOf([...new Set([ViewerResolver, ...loaded])], ENTITY_CLASSES);
}
