import { Field, ObjectType } from 'type-graphql';
import { inWalkingOrder, type ReasonStep } from '../../graph/reason.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { PERMISSIONS } from '../../model/levels.js';
import { ruleOf } from '../../model/relationships.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { PathStep } from '../radii/path-step.js';
import { Relationship } from '../relationship/relationship.js';

@ObjectType({ description: 'A reason, which is always a path in the graph.', simpleResolvers: true })
export class Because {
  @Field(() => [PathStep], {
    description: 'The steps, in walking order; none where the entity itself is the start.',
  })
  readonly path: readonly PathStep[];

  constructor(path: readonly PathStep[]) {
    this.path = path;
  }
}

/**
 * The path of a reason, as GraphQL returns it. A relationship that has ended since is in it as it is now.
 *
 * @param start id of the entity at which the path begins, where it is known
 */
export function reasonPath(
  moment: Moment,
  reasons: readonly ReasonStep[],
  start: string | null,
): readonly PathStep[] {
  return inWalkingOrder(reasons, start).map(
    ({ step, from, to }) =>
      new PathStep({
        from: () => entityById(moment, from),
        relationship: async () => new Relationship(await relationshipOf(moment, step), moment),
        to: () => entityById(moment, to),
      }),
  );
}

/** The relationship of a step. Of several that differ in permission, it is the open one with the highest. */
async function relationshipOf(moment: Moment, { type, from, to }: ReasonStep): Promise<RelationshipRecord> {
  const [start, end] = await Promise.all([entityById(moment, from), entityById(moment, to)]);
  const ends = { type, from: start.record.number, to: end.record.number };
  const permissions = ruleOf(type).properties.includes('permission') ? [...PERMISSIONS].reverse() : [null];
  const found = await Promise.all(
    permissions.map((permission) => moment.loaders.relationship.load({ ...ends, permission })),
  );
  const there = found.filter((record) => record !== undefined);
  const record = there.find(({ open }) => open) ?? there[0];
  if (record === undefined) throw new Error(`The store has no ${type} from ${from} to ${to}.`);
  return record;
}
