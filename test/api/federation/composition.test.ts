import { composeServices } from '@apollo/composition';
import { describe, expect, test } from '@jest/globals';
import { type DirectiveNode, type ObjectTypeDefinitionNode, parse, print } from 'graphql';
import { subgraphSdl } from '../../../src/api/federation/subgraph-sdl.js';
import { buildApiSchema } from '../../../src/api/schema.js';
import { KINDS } from '../../../src/model/kinds.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@shareable", "@interfaceObject"])`;

/** A service desk: it adds its tickets to people and to cases, and has pages as we have. */
const DESK = `${LINK}
  type Human @key(fields: "id") { id: ID! tickets(first: Int): TicketConnection! }
  type Offboarding @key(fields: "id") { id: ID! ticket: Ticket }
  type Ticket implements Node @key(fields: "id") { id: ID! requester: Human }
  interface Node { id: ID! }
  type TicketConnection { nodes: [Ticket!]! pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Query { ticket(id: ID!): Ticket }`;

/** A notebook: it adds a note to everything, and knows of no kind. */
const NOTES = `${LINK}
  type Entity @key(fields: "id") @interfaceObject { id: ID! note: String }
  type Query { noted: [Entity!]! }`;

const tendril = subgraphSdl(buildApiSchema({ federation: true }));

const compose = (subgraphs: Readonly<Record<string, string>>) =>
  composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.example/graphql`,
      typeDefs: parse(sdl),
    })),
  );
const problems = (subgraphs: Readonly<Record<string, string>>) =>
  (compose(subgraphs).errors ?? []).map(({ message }) => message).join('\n');

describe('the schema for a gateway composes with those of others', () => {
  const { errors, supergraphSdl = '' } = compose({ tendril, desk: DESK, notes: NOTES });
  const type = (name: string) =>
    parse(supergraphSdl).definitions.find(
      (one): one is ObjectTypeDefinitionNode => 'name' in one && one.name?.value === name,
    );
  const field = (name: string, of: string) => type(of)?.fields?.find((one) => one.name.value === name);
  const printed = (directives: readonly DirectiveNode[] = []) => directives.map(print);

  test('without errors', () => {
    expect((errors ?? []).map(({ message }) => message)).toEqual([]);
  });

  test('so that people, known by their ids, have tickets', () => {
    const human = printed(type('Human')?.directives);
    expect(human).toContain('@join__type(graph: TENDRIL, key: "id")');
    expect(human).toContain('@join__type(graph: DESK, key: "id")');
    expect(printed(field('tickets', 'Human')?.directives)).toEqual(['@join__field(graph: DESK)']);
    expect(printed(field('email', 'Human')?.directives)).toEqual(['@join__field(graph: TENDRIL)']);
    expect(printed(field('ticket', 'Offboarding')?.directives)).toEqual(['@join__field(graph: DESK)']);
  });

  test.each(KINDS)('so that what is added to every entity is there for a %s', (kind) => {
    expect(printed(type(kind)?.directives)).toContain('@join__type(graph: TENDRIL, key: "id")');
    expect(field('note', kind)?.type).toMatchObject({ name: { value: 'String' } });
  });

  test('and not where what they add to has no key, or what they share is not shared', () => {
    const keyed = 'type Human implements Entity & Node @key(fields: "id")';
    const unkeyed = tendril.replace(keyed, keyed.replace(/ @.*/, ''));
    expect(problems({ tendril: unkeyed, desk: DESK })).not.toBe('');
    const kept = tendril.replace('type PageInfo @shareable', 'type PageInfo');
    expect(problems({ tendril: kept, desk: DESK })).toMatch(/PageInfo\.hasNextPage/);
    expect(new Set([tendril, unkeyed, kept]).size).toBe(3);
  });
});
