import { Field, ObjectType } from 'type-graphql';
import { connectionOf, edgeOf, type Wrap } from '../paging/connection.js';
import type { Page } from '../paging/paging.js';
import { Entity } from './entity.js';
import { LeftOut } from './entity-time.js';

/** An entity that is read when it is asked for. */
type Unread = () => Entity | Promise<Entity>;

const WHAT = 'entities';
const EntityEdge = edgeOf<Unread, Entity>('Entity', () => Entity, WHAT);
const PlainConnection = connectionOf<Unread, Entity>('PlainEntity', () => Entity, WHAT, EntityEdge);

/** A page of entities. Its rows are read when they are asked for. */
@ObjectType({ description: `A page of ${WHAT}.`, simpleResolvers: true })
export class EntityConnection extends PlainConnection {
  readonly #leftOut: () => Promise<readonly LeftOut[]>;

  constructor(
    page: Page<Unread>,
    wrap: Wrap<Unread, Entity>,
    leftOut = async (): Promise<readonly LeftOut[]> => [],
  ) {
    super(page, wrap);
    this.#leftOut = leftOut;
  }

  @Field(() => [LeftOut], {
    description:
      'What the filter leaves out because a time is unknown, for each time that it asks about; empty in lists ' +
      'without such a filter.',
  })
  get leftOut(): Promise<readonly LeftOut[]> {
    return this.#leftOut();
  }
}
