import { Field, ObjectType } from 'type-graphql';
import type { Reached } from '../../graph/answers.js';
import { connectionOf, edgeOf } from '../paging/connection.js';
import { Reach } from './reach.js';

/** A member of a set, and in a cut whether it is foreign. */
export interface ReachRow extends Reached {
  /** Whether it belongs to somebody else and is compromised by the departure; null in sets other than the cut. */
  readonly foreign: boolean | null;
  /** Of several people at once: whether none of them would have it alone; null in other answers and sets. */
  readonly onlyTogether: boolean | null;
}

const WHAT = 'entities in an answer';
const PlainEdge = edgeOf<ReachRow, Reach>('PlainReach', () => Reach, WHAT);

@ObjectType({ description: `One of ${WHAT}, with its cursor.`, simpleResolvers: true })
export class ReachEdge extends PlainEdge {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'In a cut: whether it belongs to somebody else and is compromised by the departure. Null in other sets.',
  })
  get foreign(): boolean | null {
    return this.item.foreign;
  }

  @Field(() => Boolean, {
    nullable: true,
    description:
      'In continuity and orphans of several people at once: whether it is so only because they leave together. ' +
      'Null elsewhere.',
  })
  get onlyTogether(): boolean | null {
    return this.item.onlyTogether;
  }
}

export const ReachConnection = connectionOf<ReachRow, Reach>('Reach', () => Reach, WHAT, ReachEdge);
