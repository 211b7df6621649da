import {
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  type ScalarTypeDefinitionNode,
  visit,
} from 'graphql';
import { Node } from '../types/node.js';

/** Federation 2.3 is the first version in which an interface may have a key. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

const directive = (text: string): ConstDirectiveNode[] => [
  ...((parse(`scalar S ${text}`).definitions[0] as ScalarTypeDefinitionNode).directives ?? []),
];
const KEY = directive('@key(fields: "id")');
const SHAREABLE = directive('@shareable');

/** Types that other subgraphs also have, in the same form: Relay prescribes them. */
const SHARED = ['PageInfo'];

const known = new WeakMap<GraphQLSchema, string>();

/**
 * The schema as a subgraph presents it (https://www.apollographql.com/docs/graphos/reference/federation/subgraph-specific-fields):
 * `schema.graphql` with a key on every type that can be queried by id, and without the fields for gateways. A schema
 * does not change while the service runs, so that it is printed once.
 */
export function subgraphSdl(schema: GraphQLSchema): string {
  const sdl = known.get(schema) ?? printSubgraph(schema);
  known.set(schema, sdl);
  return sdl;
}

function printSubgraph(schema: GraphQLSchema): string {
  const whole = parse(printSchema(lexicographicSortSchema(schema)), { noLocation: true });
  const told = visit(whole, { enter: (node) => (isForGateways(node) ? null : withDirectives(node)) });
  return `${LINK}\n\n${print(told)}\n`;
}

/** Whether a definition is for gateways only: its name begins with one underscore. */
function isForGateways(node: ASTNode): boolean {
  return node.kind.endsWith('Definition') && 'name' in node && /^_[^_]/.test(node.name?.value ?? '');
}

/** The node with its directives for gateways; undefined where it has none. */
function withDirectives(node: ASTNode): ASTNode | undefined {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
    return undefined;
  if (SHARED.includes(node.name.value)) return { ...node, directives: SHAREABLE };
  const hasId = node.interfaces?.some(({ name }) => name.value === Node.name);
  if (!hasId) return undefined;
  // Another subgraph may add fields to every entity (@interfaceObject). They reach the types that implement Entity, and
  // not an interface that does: so a Workload says to gateways only that it is a Node.
  const interfaces = node.interfaces?.filter(
    ({ name }) => node.kind === Kind.OBJECT_TYPE_DEFINITION || name.value === Node.name,
  );
  return { ...node, ...(interfaces ? { interfaces } : {}), directives: KEY };
}
