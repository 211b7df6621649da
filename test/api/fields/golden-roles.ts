import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { IMPORTERS } from '../../../src/api/access/access.js';
import { allowedRolesOf } from '../../../src/api/fields/facts.js';
import { ROLES, type Role } from '../../../src/model/roles.js';

const HEAD = [
  '# Every field of the schema, and the roles that may come to it: a root field by its declaration,',
  '# any other by the root fields that lead to its type. `npm run golden` writes this file anew; whoever reviews a',
  '# change reads what it opened, and to whom.',
  '# What begins with _ is there only where TENDRIL_FEDERATION is on.',
];

export const rootsOf = (schema: GraphQLSchema): GraphQLObjectType[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (root) => root != null,
  );

/** The golden list as it should be for a schema. */
export function goldenRoles(schema: GraphQLSchema): string {
  const roots = rootsOf(schema);
  const rooted = roots.flatMap((root) =>
    fieldsOf(root).map((field) => [`${root.name}.${field.name}`, allowedRolesOf(field) ?? []]),
  ) as [string, readonly Role[]][];
  const comesTo = new Map<GraphQLObjectType, Set<Role>>();
  for (const root of roots) {
    for (const field of fieldsOf(root)) {
      const roles = allowedRolesOf(field) ?? [];
      for (const type of reachedFrom(schema, field)) {
        comesTo.set(type, new Set([...(comesTo.get(type) ?? []), ...roles]));
      }
    }
  }
  const inner = [...comesTo].flatMap(([type, roles]) =>
    fieldsOf(type).map((field): [string, readonly Role[]] => [
      `${type.name}.${field.name}`,
      ROLES.filter((role) => roles.has(role)),
    ]),
  );
  const lines = (rows: [string, readonly Role[]][]) =>
    rows.map(([name, roles]) => `${name}: ${roles.join(' ') || 'nobody'}`).sort();
  return [
    ...HEAD,
    '',
    `POST /import: ${IMPORTERS.join(' ')}`,
    ...lines(rooted),
    '',
    ...lines(inner),
    '',
  ].join('\n');
}

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());

/** The object types that the answer to a field may hold. */
function reachedFrom(schema: GraphQLSchema, field: { type: unknown }): Set<GraphQLObjectType> {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: unknown) => {
    const named = getNamedType(type as Parameters<typeof getNamedType>[0]);
    if (named === undefined) return;
    if (isAbstractType(named)) for (const possible of schema.getPossibleTypes(named)) visit(possible);
    if (!isObjectType(named) || found.has(named)) return;
    found.add(named);
    for (const inner of fieldsOf(named)) visit(inner.type);
  };
  visit(field.type);
  return found;
}
