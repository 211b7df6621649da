import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { AuditEvent as Event } from '../../model/audit.js';
import { badInput, TendrilError } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import { AUDITORS } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import { EVENTS_AT_ONCE } from '../live/live-reads.js';
import { type Look, openStream, type Stream } from '../live/stream.js';
import type { Operation } from '../operation/operation.js';
import type { Services } from '../operation/services.js';
import { AuditEvent } from './audit-event.js';

/**
 * All audit events from now on, or after a known one, in order, each exactly once.
 *
 * @throws BAD_INPUT for a value that is not a `seq`; STALE_READ for an event that has not reached this instance
 */
function auditEvents({ follower, live, store }: Services, known: number | null): Promise<Stream<Event>> {
  if (known !== null && known < 0)
    throw badInput('"after" is no place. Send a seq that was told before, or 0.');
  return openStream(follower, async () => {
    const { revision } = await store.head();
    const newest = await live.lastEvent();
    if (known !== null && known > newest) throw notHere(known);
    let last = known ?? newest;
    const look = async (revision: Revision): Promise<Look<Event>> => {
      const values = await live.eventsAfter(last, revision);
      last = values.at(-1)?.seq ?? last;
      return { values, more: values.length === EVENTS_AT_ONCE };
    };
    return last === newest ? { look } : { revision, first: await look(revision), look };
  });
}

const notHere = (seq: number): TendrilError =>
  new TendrilError('STALE_READ', `Event ${seq} has not reached this instance. Ask again in a moment.`);

const AFTER = 'The seq of an event that was told before, or 0: those after it are told first.';

@Resolver()
export class AuditEventAddedResolver {
  @Subscription(() => AuditEvent, {
    subscribe: ({ args, context }) =>
      auditEvents((context as Operation).services, (args as { after?: number | null }).after ?? null),
    description: 'Every audit event from now on, in order, whichever instance wrote it.',
  })
  @AllowedRoles(AUDITORS)
  auditEventAdded(
    @Root() event: Event,
    @Arg('after', () => Int, { nullable: true, description: AFTER }) _after: number | null,
  ): AuditEvent {
    return new AuditEvent(event);
  }
}
