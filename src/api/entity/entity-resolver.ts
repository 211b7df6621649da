import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { READERS } from '../access/access.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { PageArgs } from '../paging/page-args.js';
import { AS_OF } from '../types/as-of.js';
import { DateTime } from '../types/scalars.js';
import { EntityConnection } from './connection.js';
import { Entity } from './entity.js';
import { EntityFilter, EntityOrder } from './entity-filter.js';
import { findHuman } from './find-human.js';
import { Human } from './human.js';
import { listEntities } from './list-entities.js';
import { wrapEntity } from './wrap.js';

@Resolver()
export class EntityResolver {
  @Query(() => Entity, { nullable: true, description: 'The entity with an id; null where none had it.' })
  @AllowedRoles(READERS)
  @AnswersFrom('state')
  async entity(
    @Ctx() operation: Operation,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<Entity | null> {
    const moment = await operation.moment(asOf);
    const record = await moment.loaders.entity.load(id);
    return record === undefined ? null : wrapEntity(record, moment);
  }

  @Query(() => EntityConnection, {
    description: 'The entities that match; by id where no order is given.',
  })
  @AllowedRoles(READERS)
  // A search reads every name there is, and so does the count of what matches.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async entities(
    @Ctx() operation: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EntityFilter, { nullable: true, description: 'Which ones.' })
    filter?: EntityFilter | null,
    @Arg('orderBy', () => EntityOrder, { nullable: true, description: 'In which order.' })
    orderBy?: EntityOrder | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<EntityConnection> {
    const moment = await operation.moment(asOf);
    // One page after the other, so that the pages after an answer that became too long are never read.
    return operation.inTurn(() => listEntities(moment, filter ?? {}, orderBy, page));
  }

  @Query(() => Human, {
    nullable: true,
    description: 'A person by id or by email (give one of the two); null where there is none.',
  })
  @AllowedRoles(READERS)
  @AnswersFrom('state')
  async human(
    @Ctx() operation: Operation,
    @Arg('id', () => ID, { nullable: true, description: 'Their id.' }) id?: string | null,
    @Arg('email', () => String, { nullable: true, description: 'Their address, in any case.' })
    email?: string | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<Entity | null> {
    return findHuman(await operation.moment(asOf), id, email);
  }
}
