import { Field, ObjectType } from 'type-graphql';
import { Approval, Criticality } from '../types/enums.js';
import { Entity } from './entity.js';

@ObjectType({
  implements: Entity,
  description: 'An OAuth client, connected app or installation: a workload.',
  simpleResolvers: true,
})
export class App extends Entity {
  @Field(() => String, { nullable: true, description: 'Its id as an OAuth client.' })
  get clientId(): string | null {
    return this.text('clientId');
  }

  @Field(() => String, { nullable: true, description: 'Who made it.' })
  get publisher(): string | null {
    return this.text('publisher');
  }

  @Field(() => Approval, { description: 'Whether the company wants it.' })
  get approval(): string {
    return this.text('approval') ?? 'UNKNOWN';
  }

  @Field(() => Criticality, { description: 'How much it matters.' })
  get criticality(): string {
    return this.text('criticality') ?? 'UNKNOWN';
  }
}
