import 'reflect-metadata';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { buildSchemaSync, type ContainerType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { allowedRolesOf } from './fields/facts.js';
import { guardRoot, guardSubscribe } from './fields/guard.js';

/** A class with the decorators of TypeGraphQL. */
export type DecoratedClass = abstract new (...args: never[]) => object;

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
 * The executable schema of some resolvers. Every root field checks the roles of its declaration before anything else.
 *
 * @param orphanedTypes types that no field names: those behind an interface
 * @throws Error where a root field has no roles
 */
export function buildSchemaOf(
  resolvers: readonly DecoratedClass[],
  orphanedTypes: readonly DecoratedClass[],
): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<() => void>,
    orphanedTypes: orphanedTypes as unknown as (() => void)[],
    container: singletons(),
    pubSub: NO_TOPICS,
    // Arguments have no decorators of class-validator: their types, and the resolvers, say what they may be.
    validate: false,
  });
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
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
    const roles = allowedRolesOf(field);
    if (roles === undefined) throw new Error(`${name} has no roles: give it the decorator @AllowedRoles.`);
    field.resolve = guardRoot(name, roles, field.resolve);
    if (root.name === 'Subscription') field.subscribe = guardSubscribe(name, roles, field.subscribe);
  }
}
