import { Arg, Args, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Reached } from '../../graph/answers.js';
import { memoizeByView } from '../../graph/per-view.js';
import { whoCanReach } from '../../graph/radii/who-can-reach.js';
import type { GraphView } from '../../graph/view.js';
import { accessPaths } from '../../graph/walk/access-paths.js';
import { badInput } from '../../model/errors.js';
import { compareUtf8 } from '../../model/utf8.js';
import { READERS } from '../access/access.js';
import type { Entity } from '../entity/entity.js';
import { findStart } from '../entity/find-human.js';
import { endRecord } from '../entity/find-record.js';
import { Human } from '../entity/human.js';
import { requireEntity } from '../entity/require-entity.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import { overLimit } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import type { Keyset } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import { AS_OF } from '../types/as-of.js';
import { DateTime } from '../types/scalars.js';
import { BlastRadius } from './blast-radius.js';
import { ReachConnection } from './connection.js';
import { Path } from './path-step.js';
import { radiusOf } from './radius-of.js';
import { reachPage } from './reach-page.js';

/** The number of paths where no limit is given. */
const PATHS = 3;

@Resolver()
export class RadiiResolver {
  @Query(() => BlastRadius, {
    description: 'What a human, or anyone with their credentials, can still reach.',
  })
  @AllowedRoles(READERS)
  // It walks the graph.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async blastRadius(
    @Ctx() operation: Operation,
    @Arg('human', () => ID, { description: 'Id or email of a human, or id of an account.' }) human: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<BlastRadius> {
    const moment = await operation.moment(asOf);
    const start = await findStart(moment, human);
    return radiusOf(moment, [start]);
  }

  @Query(() => BlastRadius, {
    description:
      'The blast radius of several people at once: of one person who has all their accounts and everything of theirs. ' +
      'What each would still leave somebody for, they may together leave nobody for.',
  })
  @AllowedRoles(READERS)
  // It walks the graph for each of them; people are few, and their number is limited.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async jointBlastRadius(
    @Ctx() operation: Operation,
    @Arg('humans', () => [ID], { description: 'Ids or emails of humans: 1 to 50.' })
    humans: readonly string[],
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<BlastRadius> {
    const { limits } = operation.services;
    if (humans.length === 0) throw badInput('`humans` is empty. Name at least one person.');
    if (humans.length > limits.peoplePerCall) {
      throw overLimit('peoplePerCall', limits, 'Ask about fewer people at once.');
    }
    const moment = await operation.moment(asOf);
    const people = new Map<string, Entity>();
    // One after the other: where several are not found, the error always names the first.
    for (const asked of humans) {
      const person = await findStart(moment, asked);
      if (!(person instanceof Human)) {
        throw badInput(`${asked} is an account. Name the person who has it, by id or email.`);
      }
      people.set(person.id, person);
    }
    return radiusOf(
      moment,
      [...people.values()].sort((a, b) => compareUtf8(a.id, b.id)),
    );
  }

  @Query(() => [Path], { description: 'The shortest paths from one entity to another, the shortest first.' })
  @AllowedRoles(READERS)
  // It walks the graph.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async accessPaths(
    @Ctx() operation: Operation,
    @Arg('from', () => ID, { description: 'Id of the entity the walk starts from, or email of a human.' })
    from: string,
    @Arg('to', () => ID, { description: 'Id of the entity it should reach, or email of a human.' })
    to: string,
    @Arg('limit', () => Int, {
      nullable: true,
      defaultValue: PATHS,
      description: 'The most paths to return: 1 to 50.',
    })
    asked: number | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<Path[]> {
    const { limits } = operation.services;
    const limit = asked ?? PATHS;
    if (limit < 1) throw badInput('`limit` is less than 1. Ask for at least one path.');
    if (limit > limits.pathsPerCall) throw overLimit('pathsPerCall', limits, 'Ask for fewer.');
    const moment = await operation.moment(asOf);
    // One after the other: where neither is found, the error always names the first.
    const start = await endRecord(moment, from);
    const end = await endRecord(moment, to);
    const question = (view: GraphView) => accessPaths(view, start.number, end.number, limit);
    const paths = await operation.inTurn(() => moment.query(question));
    return paths.map((steps) => new Path(steps, moment));
  }

  @Query(() => ReachConnection, {
    description:
      'The humans whose exposure has an entity: `entity` is the human, `permission` and `held` say what they ' +
      'can do with it. The highest level first, then by id.',
  })
  @AllowedRoles(READERS)
  // It walks the graph.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async whoCanReach(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('entity', () => ID, { description: 'Id of the entity.' }) entity: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: Date | null,
  ): Promise<InstanceType<typeof ReachConnection>> {
    const moment = await operation.moment(asOf);
    const target = await requireEntity(moment, entity);
    const reachers = memoizeByView((view) => whoCanReach(view, target.record.number));
    // Complete or not at all: a connection has no place to say that a person was left out.
    await moment.query((view) => reachers(view));
    const setOf = (view: GraphView) => {
      const { members, pathFrom } = reachers(view);
      const order: Keyset<Reached> = {
        list: 'whoCanReach',
        keyOf: (member) => [member.level, view.idOf(member.entity)],
        descending: [true, false],
      };
      return { members, pathTo: pathFrom, levelKind: target.kind, order };
    };
    return reachPage(moment, setOf, { paging });
  }
}
