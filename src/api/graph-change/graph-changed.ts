import { Ctx, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Head, Revision } from '../../model/revision.js';
import { openStream, type Stream } from '../live/stream.js';
import type { Operation } from '../operation.js';
import { DateTime } from '../scalars.js';
import type { Services } from '../services.js';

/** The head moved from one revision to another. */
interface Moved extends Head {
  readonly since: Revision;
}

@ObjectType({
  description:
    'The graph, or what is kept beside it, has changed. What came in between is told as one change.',
})
export class GraphChange {
  constructor(
    private readonly moved: Moved,
    private readonly services: Services,
  ) {}

  @Field(() => ID, { description: 'The state there is now; questions asked from here on see it.' })
  get revision(): string {
    return String(this.moved.revision);
  }

  @Field(() => ID, { description: 'The state that was told before.' })
  get since(): string {
    return String(this.moved.since);
  }

  @Field(() => DateTime, { description: 'When the state there is now was recorded.' })
  get at(): Date {
    return new Date(this.moved.at);
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Entities that are not as they were; null: too much has changed to be counted.',
  })
  async entities(): Promise<number | null> {
    return (await this.counts()).entities;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Relationships that are not as they were; null: too much has changed to be counted.',
  })
  async relationships(): Promise<number | null> {
    return (await this.counts()).relationships;
  }

  private counts() {
    return this.services.live.changes(this.moved.since, this.moved.revision);
  }
}

/** Every commit from now on, by whichever process. */
function graphChanges({ follower, live, store }: Services): Promise<Stream<Moved>> {
  return openStream(follower, async () => {
    let since = (await store.head()).revision;
    const look = async (revision: Revision) => {
      const head = await live.head(revision);
      if (head.revision <= since) return { values: [] };
      const moved = { ...head, since };
      since = head.revision;
      return { values: [moved] };
    };
    return { look };
  });
}

@Resolver()
export class GraphChangedResolver {
  @Subscription(() => GraphChange, {
    subscribe: ({ context }) => graphChanges((context as Operation).services),
    description: 'Every change from now on, by whichever instance it was made.',
  })
  graphChanged(@Root() moved: Moved, @Ctx() { services }: Operation): GraphChange {
    return new GraphChange(moved, services);
  }
}
