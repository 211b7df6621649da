import type { Reached } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import type { EntityRecord } from '../../model/entity.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import { HELD, hasPermission, isPrincipal, permissionOf } from '../../model/levels.js';
import { checkFilter } from '../limits/limits.js';
import type { Moment } from '../operation/moment.js';
import type { Keyset } from '../paging/keyset.js';
import { sorted } from '../paging/keyset.js';
import { sensitivityOf, sensitivityRank } from './flags.js';
import type { ReachFilter, ReachOrder, ReachOrderValue } from './reach-filter.js';

/** The order of a set as the graph gives it: by distance, then id. */
const NATURAL: ReachOrderValue = 'DISTANCE';

/**
 * The members that a filter lets through, in the order asked for, with the keyset of that order.
 *
 * @param view that the members are from
 */
export async function selectMembers<T extends Reached>(
  moment: Moment,
  view: GraphView,
  members: readonly T[],
  filter: ReachFilter,
  orderBy: ReachOrder | null | undefined,
): Promise<{ rows: readonly T[]; keyset: Keyset<T> }> {
  checkFilter(filter, moment.services.limits);
  const field = orderBy?.field ?? NATURAL;
  const descending = orderBy?.direction === 'DESC';
  let rows = members.filter((member) => passes(view, member, filter));
  const records = filter.search || field === 'NAME' ? await recordsOf(moment, rows) : NO_RECORDS;
  if (filter.search) {
    const text = filter.search.toLowerCase();
    rows = rows.filter((member) => mentions(records.get(member.entity), text));
  }
  const keyset = keysetOf<T>(view, field, descending, records);
  return { rows: field === NATURAL && !descending ? rows : sorted(rows, keyset), keyset };
}

function keysetOf<T extends Reached>(
  view: GraphView,
  field: ReachOrderValue,
  descending: boolean,
  records: ReadonlyMap<number, EntityRecord>,
): Keyset<T> {
  const value: Record<ReachOrderValue, (member: T) => string | number> = {
    DISTANCE: (member) => member.distance,
    SENSITIVITY: (member) => sensitivityRank(view, member.entity),
    PERMISSION: (member) => (hasPermission(kindOf(view, member)) ? member.level : 0),
    KIND: (member) => view.kindOf(member.entity),
    NAME: (member) => records.get(member.entity)?.name ?? '',
  };
  return {
    list: `reach.${field}.${descending ? 'DESC' : 'ASC'}`,
    keyOf: (member) => [value[field](member), view.idOf(member.entity)],
    descending: [descending, false],
  };
}

function passes(view: GraphView, member: Reached, filter: ReachFilter): boolean {
  const kind = kindOf(view, member);
  if (filter.kinds != null && !filter.kinds.includes(kind)) return false;
  if (filter.live != null && view.isLive(member.entity) !== filter.live) return false;
  if (filter.sensitivities != null) {
    const sensitivity = sensitivityOf(view, member.entity);
    if (sensitivity === undefined || !filter.sensitivities.includes(sensitivity)) return false;
  }
  return passesLevel(kind, member, filter);
}

function passesLevel(kind: Kind, { level }: Reached, filter: ReachFilter): boolean {
  if (filter.permissions != null) {
    if (level === 0 || !hasPermission(kind) || !filter.permissions.includes(permissionOf(level)))
      return false;
  }
  if (filter.held == null) return true;
  return level > 0 && isPrincipal(kind) && level >= HELD === filter.held;
}

const kindOf = (view: GraphView, member: Reached): Kind => KINDS[view.kindOf(member.entity)] as Kind;

const NO_RECORDS: ReadonlyMap<number, EntityRecord> = new Map();

/** The records of a whole set, in one call of the store. */
async function recordsOf(moment: Moment, members: readonly Reached[]): Promise<Map<number, EntityRecord>> {
  const numbers = members.map((member) => member.entity);
  const records = await moment.services.store.entitiesByNumber(numbers, moment.revision);
  const known = new Map<number, EntityRecord>();
  for (const record of records) if (record !== undefined) known.set(record.number, record);
  return known;
}

/** Searches as the store does: in id, name, external id, email and login, in any case. */
function mentions(record: EntityRecord | undefined, text: string): boolean {
  if (record === undefined) return false;
  const { email, login } = record.properties;
  return [record.id, record.name, record.externalId, email, login].some(
    (value) => typeof value === 'string' && value.toLowerCase().includes(text),
  );
}
