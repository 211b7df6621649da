import { Field, Int, ObjectType } from 'type-graphql';
import type { GraphView } from '../../graph/view.js';
import { isLiveStatus, KINDS, type Kind, STATUSES, statusesOf } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { countOf } from '../entity/count-of.js';
import { ENTITY_STATUSES, EntityKind, EntityStatus, type EntityStatusValue } from '../enums.js';
import type { Moment } from '../moment.js';
import { NO_KIND } from '../reach/coverage.js';

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

  constructor(status: EntityStatusValue, count: number) {
    this.status = status;
    this.count = count;
  }
}

/** What the graph can count of a kind by itself. */
interface Tally {
  count: number;
  /** Live at the moment. */
  live: number;
  /** Live by status, and no longer by expiry. */
  expired: number;
}

/** What there is of each kind, in the order of `KINDS`. */
export async function tallies(moment: Moment): Promise<readonly Tally[]> {
  const whole = await moment.whole();
  return whole === null ? Promise.all(KINDS.map((kind) => tallyInStore(moment, kind))) : tally(whole);
}

/** Only tokens expire, and what has expired is counted by a status of its own. */
async function tallyInStore(moment: Moment, kind: Kind): Promise<Tally> {
  const kinds = [kind];
  const [count, live, expired] = await Promise.all([
    countOf(moment, { kinds }),
    countOf(moment, { kinds, live: true }),
    kind === 'Token' ? countOf(moment, { kinds, statuses: ['EXPIRED'] }) : 0,
  ]);
  return { count, live, expired };
}

/** One pass over the graph. */
function tally(view: GraphView): readonly Tally[] {
  const tallies = KINDS.map((): Tally => ({ count: 0, live: 0, expired: 0 }));
  for (let entity = 1; entity < view.size; entity += 1) {
    const kind = view.kindOf(entity);
    const at = tallies[kind];
    if (kind === NO_KIND || at === undefined) continue;
    at.count += 1;
    if (view.isLive(entity)) at.live += 1;
    else if ((view.flagsOf(entity) & ENTITY_FLAGS.live) !== 0) at.expired += 1;
  }
  return tallies;
}

/**
 * Entities by status, in the order of the enum; only statuses that occur.
 *
 * The graph knows only live from dead. Where a kind has several live or several dead statuses, the store
 * counts the rarer ones, and the commonest is what is left: a handful of calls, however large the company.
 */
export async function byStatus(moment: Moment, tallies: readonly Tally[]): Promise<StatusTotal[]> {
  const rare = await Promise.all(
    KINDS.flatMap((kind) => {
      const { live, ended } = STATUSES[kind];
      const others = statusesOf(kind).filter((status) => status !== live[0] && status !== ended);
      return others.map(async (status) => ({
        kind,
        status,
        count: await countOf(moment, { kinds: [kind], statuses: [status] }),
      }));
    }),
  );
  const counts = new Map<string, number>();
  const add = (status: string, count: number) => counts.set(status, (counts.get(status) ?? 0) + count);
  KINDS.forEach((kind, code) => {
    const { count, live, expired } = tallies[code] as Tally;
    const own = rare.filter((row) => row.kind === kind);
    const sum = (alive: boolean) =>
      own
        .filter((row) => isLiveStatus(kind, row.status) === alive)
        .reduce((total, row) => total + row.count, 0);
    for (const row of own) add(row.status, row.count);
    add(STATUSES[kind].live[0] as string, live - sum(true));
    add('EXPIRED', expired);
    add(STATUSES[kind].ended, count - live - expired - sum(false));
  });
  return ENTITY_STATUSES.filter((status) => (counts.get(status) ?? 0) > 0).map(
    (status) => new StatusTotal(status, counts.get(status) ?? 0),
  );
}
