import { Field, Int, ObjectType } from 'type-graphql';
import type { Reached, Step } from '../../graph/answers.js';
import type { Kind } from '../../model/kinds.js';
import {
  HELD,
  hasPermission,
  isPrincipal,
  type Permission as PermissionValue,
  permissionOf,
} from '../../model/levels.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { Permission } from '../types/enums.js';
import { PathStep, walkedStep } from './path-step.js';

/** How a set explains its members. */
export interface Explained {
  /** The kind whose levels the members' levels are of. */
  levelKind(member: Reached): Kind;
  pathTo(member: Reached): Promise<readonly Step[]>;
  /** The token whose family a member shares, where no relationship leads to it; 0 otherwise. */
  familyMateOf(member: Reached): number;
}

@ObjectType({ description: 'An entity of an answer, and the path that explains it.', simpleResolvers: true })
export class Reach {
  constructor(
    private readonly member: Reached,
    private readonly set: Explained,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'The entity.' })
  get entity(): Promise<Entity> {
    return entityByNumber(this.moment, this.member.entity);
  }

  @Field(() => Int, { description: 'The number of steps of the shortest path to it at that level.' })
  get distance(): number {
    return this.member.distance;
  }

  @Field(() => Permission, {
    nullable: true,
    description: 'The highest permission on it. Resources only; null in sets without levels.',
  })
  get permission(): PermissionValue | null {
    const { level } = this.member;
    return level > 0 && hasPermission(this.set.levelKind(this.member)) ? permissionOf(level) : null;
  }

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the principal itself is held, with the tokens it was issued, or only acted as. ' +
      'Accounts, service identities, apps and grants only; null in sets that have no levels.',
  })
  get held(): boolean | null {
    const { level } = this.member;
    return level > 0 && isPrincipal(this.set.levelKind(this.member)) ? level >= HELD : null;
  }

  @Field(() => [PathStep], { description: 'The steps that lead to it, in walking order.' })
  get path(): Promise<PathStep[]> {
    return this.set.pathTo(this.member).then((steps) => steps.map((step) => walkedStep(step, this.moment)));
  }

  @Field(() => Entity, {
    nullable: true,
    description:
      'The token whose family it shares, where it is reached by that and not by a relationship. The path ends at that token.',
  })
  get viaFamilyOf(): Promise<Entity> | null {
    const mate = this.set.familyMateOf(this.member);
    return mate === 0 ? null : entityByNumber(this.moment, mate);
  }
}
