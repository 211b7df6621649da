import { Field, Int, ObjectType } from 'type-graphql';
import { KINDS, type Kind } from '../../model/kinds.js';
import { countOf } from '../aggregate/count-of.js';
import { countStatuses, type StatusCount, type Tally } from '../aggregate/tallies.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import type { Moment } from '../operation/moment.js';
import { EntityKind, EntityStatus, type EntityStatusValue } from '../types/enums.js';

@ObjectType({ description: 'How many entities of a kind there are.', simpleResolvers: true })
export class KindTotal {
  @Field(() => EntityKind, { description: 'The kind.' })
  readonly kind: Kind;

  @Field(() => Int, { description: 'How many, whatever their status.' })
  readonly count: number;

  @Field(() => Int, { description: 'How many of them are live.' })
  readonly live: number;

  constructor(kind: Kind, count: number, live: number) {
    this.kind = kind;
    this.count = count;
    this.live = live;
  }
}

@ObjectType({ description: 'How many entities have a status.', simpleResolvers: true })
export class StatusTotal {
  @Field(() => EntityStatus, { description: 'The status.' })
  readonly status: EntityStatusValue;

  @Field(() => Int, { description: 'How many, of all kinds.' })
  readonly count: number;

  constructor({ status, count }: StatusCount) {
    this.status = status;
    this.count = count;
  }
}

/** The counts of each kind, in the order of `KINDS`. */
export async function tallies({ moment, aggregate }: AggregatedMoment): Promise<readonly Tally[]> {
  return aggregate?.tallies ?? Promise.all(KINDS.map((kind) => tallyInStore(moment, kind)));
}

/** Only tokens expire, and expired ones have a status of their own. */
async function tallyInStore(moment: Moment, kind: Kind): Promise<Tally> {
  const kinds = [kind];
  const [count, live, expired] = await Promise.all([
    countOf(moment, { kinds }),
    countOf(moment, { kinds, live: true }),
    kind === 'Token' ? countOf(moment, { kinds, statuses: ['EXPIRED'] }) : 0,
  ]);
  return { count, live, expired };
}

/** Entities by status, in the order of the enum; only statuses that occur. */
export async function byStatus(aggregated: AggregatedMoment): Promise<StatusTotal[]> {
  const { moment, aggregate } = aggregated;
  const counts = aggregate?.statuses ?? (await countStatuses(moment, await tallies(aggregated)));
  return counts.map((row) => new StatusTotal(row));
}
