import type { GraphView } from '../../graph/view.js';
import { isLiveStatus, KINDS, STATUSES, statusesOf } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { ENTITY_STATUSES, type EntityStatusValue } from '../types/enums.js';
import { type Counting, countOf } from './count-of.js';

/** The kind code of a number that no entity has. */
export const NO_KIND = 255;

/** The counts of one kind that the graph knows without the store. */
export interface Tally {
  readonly count: number;
  /** Live at the moment. */
  readonly live: number;
  /** Live by status, but expired. */
  readonly expired: number;
}

/** How many entities have a status, of all kinds. */
export interface StatusCount {
  readonly status: EntityStatusValue;
  readonly count: number;
}

/** The counts of each kind, in the order of `KINDS`: one pass over the graph. */
export function tally(view: GraphView): readonly Tally[] {
  const tallies = KINDS.map(() => ({ count: 0, live: 0, expired: 0 }));
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
 * The graph knows only whether an entity is live. Where a kind has several live or several dead statuses, the store
 * counts the rarer ones, and the rest have the most common one. The number of calls stays small in any company.
 */
export async function countStatuses(counting: Counting, tallies: readonly Tally[]): Promise<StatusCount[]> {
  const rare = await Promise.all(
    KINDS.flatMap((kind) => {
      const { live, ended } = STATUSES[kind];
      const others = statusesOf(kind).filter((status) => status !== live[0] && status !== ended);
      return others.map(async (status) => ({
        kind,
        status,
        count: await countOf(counting, { kinds: [kind], statuses: [status] }),
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
  const countOfStatus = (status: string) => counts.get(status) ?? 0;
  return ENTITY_STATUSES.map((status) => ({ status, count: countOfStatus(status) })).filter(
    ({ count }) => count > 0,
  );
}
