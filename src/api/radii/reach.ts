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

@ObjectType({ description: 'An entity in an answer, and the way that explains it.', simpleResolvers: true })
export class Reach {
  constructor(
    private readonly member: Reached,
    private readonly set: Explained,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'What is reached.' })
  get entity(): Promise<Entity> {
    return entityByNumber(this.moment, this.member.entity);
  }

  @Field(() => Int, { description: 'How many steps away it is, on the shortest way to that level.' })
  get distance(): number {
    return this.member.distance;
  }

  @Field(() => Permission, {
    nullable: true,
    description: 'What can be done with it, at most. Resources only; null in sets that have no levels.',
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
      'The token whose family it shares, where that and no relationship leads to it. The path ends there.',
  })
  get viaFamilyOf(): Promise<Entity> | null {
    const mate = this.set.familyMateOf(this.member);
    return mate === 0 ? null : entityByNumber(this.moment, mate);
  }
}
