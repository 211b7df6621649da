import { Arg, Ctx, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { badInput } from '../../model/errors.js';
import type { Head, Revision } from '../../model/revision.js';
import { READERS } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import { type Look, openStream, type Stream } from '../live/stream.js';
import type { Operation } from '../operation/operation.js';
import type { Services } from '../operation/services.js';
import { DateTime } from '../types/scalars.js';

/** The head moved from one revision to another. */
interface Moved extends Head {
  readonly since: Revision;
}

@ObjectType({
  description:
    'The graph, or the documents beside it, have changed. Several commits may be reported as one change.',
})
export class GraphChange {
  constructor(
    private readonly moved: Moved,
    private readonly services: Services,
  ) {}

  @Field(() => ID, { description: 'The present revision; later queries see it.' })
  get revision(): string {
    return String(this.moved.revision);
  }

  @Field(() => ID, { description: 'The revision that was reported before.' })
  get since(): string {
    return String(this.moved.since);
  }

  @Field(() => DateTime, { description: 'When the present revision was recorded.' })
  get at(): Date {
    return new Date(this.moved.at);
  }

  @Field(() => Int, {
    nullable: true,
    description: 'How many entities have changed; null where there are too many to count.',
  })
  async entities(): Promise<number | null> {
    return (await this.counts()).entities;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'How many relationships have changed; null where there are too many to count.',
  })
  async relationships(): Promise<number | null> {
    return (await this.counts()).relationships;
  }

  private counts() {
    return this.services.live.changes(this.moved.since, this.moved.revision);
  }
}

/**
 * Every commit from now on, of any process. Where `since` is given, the changes after it come first.
 *
 * @throws BAD_INPUT for a value that is not a revision; STALE_READ for one that has not reached this instance
 */
function graphChanges({ services, now }: Operation, known: string | null): Promise<Stream<Moved>> {
  const { follower, graphs, live, store } = services;
  return openStream(follower, async () => {
    const head = await store.head();
    let since = known === null ? head.revision : revisionIn(known);
    // A revision that does not exist would never be followed by a change.
    if (since > head.revision) await graphs.current(now, since);
    const tell = (at: Head): Look<Moved> => {
      if (at.revision <= since) return { values: [] };
      const moved = { ...at, since };
      since = at.revision;
      return { values: [moved] };
    };
    return { first: tell(head), look: async (revision: Revision) => tell(await live.head(revision)) };
  });
}

function revisionIn(text: string): Revision {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badInput('"since" is no revision. Send one that was told before.');
}

const SINCE = 'A revision that was told before: where there is a newer one by now, that is told at once.';

@Resolver()
export class GraphChangedResolver {
  @Subscription(() => GraphChange, {
    subscribe: ({ args, context }) =>
      graphChanges(context as Operation, (args as { since?: string | null }).since ?? null),
    description: 'Every change from now on, whichever instance made it.',
  })
  @AllowedRoles(READERS)
  graphChanged(
    @Root() moved: Moved,
    @Ctx() { services }: Operation,
    @Arg('since', () => ID, { nullable: true, description: SINCE }) _since: string | null,
  ): GraphChange {
    return new GraphChange(moved, services);
  }
}
