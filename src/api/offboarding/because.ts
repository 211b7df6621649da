import { Field, ObjectType } from 'type-graphql';
import { inWalkingOrder, type ReasonStep } from '../../graph/reason.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { PERMISSIONS } from '../../model/levels.js';
import { ruleOf } from '../../model/relationships.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { PathStep } from '../radii/path-step.js';
import { Relationship } from '../relationship/relationship.js';

@ObjectType({ description: 'Why: always a path in the graph.', simpleResolvers: true })
export class Because {
  @Field(() => [PathStep], {
    description: 'The steps, in walking order; none where the thing itself is what it is about.',
  })
  readonly path: readonly PathStep[];

  constructor(path: readonly PathStep[]) {
    this.path = path;
  }
}

/**
 * The path that is a reason, as GraphQL gives it: relationships that have ended since are in it as they are now.
 *
 * @param start id of where the path begins, where that is known
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

/** The relationship of a step: of several, told apart by what they permit, the one that permits most and is open. */
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
