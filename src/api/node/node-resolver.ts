import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { READERS } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import { overLimit } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { Node } from '../types/node.js';
import { nodeById } from './node-by-id.js';

/** Anything that has an id, by that id alone (Relay's global object identification). */
@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'The entity, case or audit event with this id; null where there is none.',
  })
  @AllowedRoles(READERS)
  async node(
    @Ctx() operation: Operation,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Node | null> {
    return (await this.nodes(operation, [id]))[0] ?? null;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'The entities, cases and audit events with these ids, in the order asked.',
  })
  @AllowedRoles(READERS)
  async nodes(
    @Ctx() operation: Operation,
    @Arg('ids', () => [ID], { description: 'Their ids: at most 1,000.' }) ids: readonly string[],
  ): Promise<(Node | null)[]> {
    const { limits } = operation.services;
    if (ids.length > limits.nodesPerCall) throw overLimit('nodesPerCall', limits, 'Ask in several calls.');
    const moment = await operation.moment();
    return Promise.all(ids.map((id) => nodeById(operation, moment, id)));
  }
}
