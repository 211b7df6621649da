import { Resolver, Root, Subscription } from 'type-graphql';
import type { AuditEvent as Event } from '../../model/audit.js';
import type { Revision } from '../../model/revision.js';
import { MAX_PAGE } from '../../store/queries.js';
import { openStream, type Stream } from '../live/stream.js';
import type { Operation } from '../operation.js';
import type { Services } from '../services.js';
import { AuditEvent } from './audit-event.js';

/** Every audit event from now on, in order, none left out and none twice. */
function auditEvents({ follower, live }: Services): Promise<Stream<Event>> {
  return openStream(follower, async () => {
    let last = await live.lastEvent();
    const look = async (revision: Revision) => {
      const values = await live.eventsAfter(last, revision);
      last = values.at(-1)?.seq ?? last;
      return { values, more: values.length === MAX_PAGE };
    };
    return { look };
  });
}

@Resolver()
export class AuditEventAddedResolver {
  @Subscription(() => AuditEvent, {
    subscribe: ({ context }) => auditEvents((context as Operation).services),
    description: 'Every audit event from now on, in order, by whichever instance it was written.',
  })
  auditEventAdded(@Root() event: Event): AuditEvent {
    return new AuditEvent(event);
  }
}
