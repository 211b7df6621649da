import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Page } from './paging.js';

/** A class from which type-graphql makes a GraphQL type; of an interface, the abstract class. */
export type TypeClass = abstract new (...args: never[]) => object;

@ObjectType({ description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are rows after the last one of this page.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there are rows before the first one of this page.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null on an empty page.' })
  readonly endCursor: string | null;

  constructor(page: Page<unknown>) {
    this.hasNextPage = page.hasNext;
    this.hasPreviousPage = page.hasPrevious;
    this.startCursor = page.cursors[0] ?? null;
    this.endCursor = page.cursors.at(-1) ?? null;
  }
}

type Awaitable<T> = T | Promise<T>;

/** Makes the node of a row. */
export type Wrap<Item, Node> = (item: Item) => Awaitable<Node>;

/** The edge of a Relay connection. Its node is made only when it is asked for. */
export function edgeOf<Item, Node>(name: string, node: () => TypeClass, what: string) {
  @ObjectType(`${name}Edge`, { description: `One of ${what}, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Cursor of the row: with `after` the next page begins behind it.' })
    readonly cursor: string;

    readonly item: Item;
    readonly #wrap: Wrap<Item, Node>;

    constructor(item: Item, cursor: string, wrap: Wrap<Item, Node>) {
      this.item = item;
      this.cursor = cursor;
      this.#wrap = wrap;
    }

    @Field(node, { description: 'The row.' })
    get node(): Awaitable<Node> {
      return this.#wrap(this.item);
    }
  }
  return Edge;
}

/**
 * The Relay connection of a list: `<Name>Connection` and `<Name>Edge`. The total is counted without reading rows.
 *
 * @param what the rows in words, for the descriptions
 * @param Edge where edges have more fields: a subclass of the class of {@link edgeOf}
 */
export function connectionOf<Item, Node>(
  name: string,
  node: () => TypeClass,
  what: string,
  Edge: ReturnType<typeof edgeOf<Item, Node>> = edgeOf<Item, Node>(name, node, what),
) {
  @ObjectType(`${name}Connection`, { description: `A page of ${what}.`, simpleResolvers: true })
  class Connection {
    readonly #page: Page<Item>;
    readonly #wrap: Wrap<Item, Node>;

    constructor(page: Page<Item>, wrap: Wrap<Item, Node>) {
      this.#page = page;
      this.#wrap = wrap;
    }

    @Field(() => [Edge], { description: 'The rows with their cursors.' })
    get edges() {
      return this.#page.items.map((item, at) => new Edge(item, this.#page.cursors[at] as string, this.#wrap));
    }

    @Field(() => [node()], { description: 'The rows.' })
    get nodes(): Awaitable<Node>[] {
      return this.#page.items.map((item) => this.#wrap(item));
    }

    @Field(() => PageInfo, { description: 'Where this page stands in its list.' })
    get pageInfo(): PageInfo {
      return new PageInfo(this.#page);
    }

    @Field(() => Int, { description: 'How many rows the whole list has.' })
    get totalCount(): Awaitable<number> {
      const { total } = this.#page;
      return typeof total === 'number' ? total : total();
    }

    @Field(() => ID, { description: 'The revision of the graph that this page is of.' })
    get revision(): string {
      return String(this.#page.revision);
    }
  }

  return Connection;
}
