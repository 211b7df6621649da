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

/** Federation 2.3 is the first that lets an interface have a key. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';

const directive = (text: string): ConstDirectiveNode[] => [
  ...((parse(`scalar S ${text}`).definitions[0] as ScalarTypeDefinitionNode).directives ?? []),
];
const KEY = directive('@key(fields: "id")');
const SHAREABLE = directive('@shareable');

/** Types that other subgraphs have too, word for word: Relay prescribes what they say. */
const SHARED = ['PageInfo'];

const known = new WeakMap<GraphQLSchema, string>();

/**
 * The schema as a subgraph tells it (https://www.apollographql.com/docs/graphos/reference/federation/subgraph-specific-fields):
 * what `schema.graphql` promises, with a key on whatever can be asked for by its id, and without what is there for
 * gateways only. A schema never changes, so it is printed once.
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

/** Names that begin with one underscore are federation's; what such a field has below it goes with it. */
function isForGateways(node: ASTNode): boolean {
  return node.kind.endsWith('Definition') && 'name' in node && /^_[^_]/.test(node.name?.value ?? '');
}

/** The same node, with the directives it has for gateways; undefined: it stays as it is. */
function withDirectives(node: ASTNode): ASTNode | undefined {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
    return undefined;
  if (SHARED.includes(node.name.value)) return { ...node, directives: SHAREABLE };
  const hasId = node.interfaces?.some(({ name }) => name.value === Node.name);
  return hasId ? { ...node, directives: KEY } : undefined;
}
