import type { Reached, ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import type { Moment } from '../operation/moment.js';
import { forwardPage, type Keyset } from '../paging/keyset.js';
import type { ForwardPaging } from '../paging/paging.js';
import { ReachConnection, type ReachRow } from './connection.js';
import { type Explained, Reach } from './reach.js';
import type { ReachFilter, ReachOrder } from './reach-filter.js';
import { selectMembers } from './select.js';

/** The arguments of a page of a set. */
export interface ReachAsked {
  readonly paging: ForwardPaging;
  readonly filter?: ReachFilter | null | undefined;
  readonly orderBy?: ReachOrder | null | undefined;
}

/** What a set knows of its members besides the paths to them. */
export interface SetFacts {
  isForeign?(entity: number): boolean;
  /** Of several people at once: whether none of them would have it in the set alone. */
  isOnlyTogether?(entity: number): boolean;
  familyMateOf?(entity: number): number;
  /** The kind whose levels the members have; left out: their own. */
  readonly levelKind?: Kind;
  /** The order its members are in; left out: by distance, then id, or as asked. */
  readonly order?: Keyset<Reached>;
}

type ExplainedSet = Pick<ReachSet, 'members' | 'pathTo'> & SetFacts;

/**
 * A page of a set.
 *
 * @param setOf computes the set on a view; on the same view it returns the same set again
 * @throws BAD_INPUT, LIMIT_EXCEEDED
 */
export async function reachPage(moment: Moment, setOf: (view: GraphView) => ExplainedSet, asked: ReachAsked) {
  const { set, view } = await moment.queryInPart((view) => ({ view, set: setOf(view) }));
  const { rows, keyset } = set.order
    ? { rows: set.members, keyset: set.order }
    : await selectMembers(moment, view, set.members, asked.filter ?? {}, asked.orderBy);
  const page = forwardPage(rows, keyset, asked.paging, moment.services.limits, moment.revision);
  const explained: Explained = {
    levelKind: (member) => set.levelKind ?? (KINDS[view.kindOf(member.entity)] as Kind),
    pathTo: (member) => moment.queryInPart((view) => setOf(view).pathTo(member.entity)),
    familyMateOf: (member) => set.familyMateOf?.(member.entity) ?? 0,
  };
  const items: ReachRow[] = page.items.map((member: Reached) => ({
    ...member,
    foreign: set.isForeign?.(member.entity) ?? null,
    onlyTogether: set.isOnlyTogether?.(member.entity) ?? null,
  }));
  return new ReachConnection({ ...page, items }, (member) => new Reach(member, explained, moment));
}
