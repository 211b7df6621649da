import { Field, ObjectType } from 'type-graphql';
import { Entity } from './entity.js';
import { Workload } from './workload.js';

@ObjectType({
  implements: [Workload, Entity],
  description: 'An OAuth client, connected app or installation: a workload.',
  simpleResolvers: true,
})
export class App extends Workload {
  @Field(() => String, { nullable: true, description: 'Its id as an OAuth client.' })
  get clientId(): string | null {
    return this.text('clientId');
  }

  @Field(() => String, { nullable: true, description: 'Who made it.' })
  get publisher(): string | null {
    return this.text('publisher');
  }
}
