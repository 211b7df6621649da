import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, createUnionType, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { TendrilError } from '../../model/errors.js';
import { ROLES } from '../../model/roles.js';
import { READERS } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import { overLimit } from '../limits/limits.js';
import { NODE_CLASSES, nodeById } from '../node/node-by-id.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import type { Node } from '../types/node.js';
import { RepresentationScalar, readRepresentation } from './representation.js';
import { subgraphSdl } from './subgraph-sdl.js';

/** All types that other subgraphs may refer to and add fields to. */
const Keyed = createUnionType({
  name: '_Entity',
  description: 'An object that other subgraphs may refer to by its id.',
  types: () => NODE_CLASSES,
  resolveType: (value: object) => value.constructor.name,
});

@ObjectType('_Service', { description: 'This service, as a gateway sees it.', simpleResolvers: true })
class Service {
  @Field(() => String, { description: 'Its schema, with the directives of Apollo Federation.' })
  readonly sdl: string;

  constructor(sdl: string) {
    this.sdl = sdl;
  }
}

/** The fields that Apollo Federation requires of a subgraph, under its names. */
@Resolver()
export class FederationResolver {
  @Query(() => Service, { name: '_service', description: 'This service, as a gateway sees it.' })
  @AllowedRoles(ROLES)
  service(@Info() { schema }: GraphQLResolveInfo): Service {
    return new Service(subgraphSdl(schema));
  }

  @Query(() => [Keyed], {
    name: '_entities',
    nullable: 'items',
    description:
      'The objects that are represented, in the order given; null where no object of that type has that id. An error in one representation is reported in its place, and the others are answered.',
  })
  @AllowedRoles(READERS)
  async entities(
    @Ctx() operation: Operation,
    @Arg('representations', () => [RepresentationScalar], {
      description: 'Their types and ids: at most 1,000.',
      validate: false,
    })
    representations: readonly unknown[],
  ): Promise<(Node | TendrilError | null)[]> {
    const { limits } = operation.services;
    if (representations.length > limits.representationsPerCall) {
      throw overLimit('representationsPerCall', limits, 'Ask in several calls.');
    }
    const moment = await operation.moment();
    return Promise.all(representations.map((one) => represented(operation, moment, one).catch(inItsPlace)));
  }
}

async function represented(operation: Operation, moment: Moment, value: unknown): Promise<Node | null> {
  const { type, id } = readRepresentation(value);
  const node = await nodeById(operation, moment, id);
  return node instanceof type ? node : null;
}

/** An error about one representation becomes an error of that item; any other error fails the whole field. */
function inItsPlace(error: unknown): TendrilError {
  if (error instanceof TendrilError && (error.code === 'BAD_INPUT' || error.code === 'FORBIDDEN'))
    return error;
  throw error;
}
