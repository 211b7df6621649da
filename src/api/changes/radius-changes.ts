import type { Reached, ReachSet } from '../../graph/answers.js';
import { memoizeByView } from '../../graph/per-view.js';
import { exposureOf } from '../../graph/radii/exposure.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import type { Moment } from '../operation/moment.js';
import type { Keyset } from '../paging/keyset.js';
import { sorted } from '../paging/keyset.js';
import { Reach } from '../radii/reach.js';

export type RadiusChangeKind = 'GAINED' | 'LOST' | 'RAISED' | 'LOWERED';

/** Something that a person can use in one of two states and not in the other, or with another level. */
export interface RadiusChange {
  readonly kind: RadiusChangeKind;
  readonly id: string;
  readonly before: Reach | null;
  readonly after: Reach | null;
}

/** What was gained comes first, then by id. */
const KINDS_IN_ORDER: readonly RadiusChangeKind[] = ['GAINED', 'RAISED', 'LOWERED', 'LOST'];

export const RADIUS_KEYSET: Keyset<RadiusChange> = {
  list: 'changes.radius',
  keyOf: ({ kind, id }) => [KINDS_IN_ORDER.indexOf(kind), id],
};

/** The exposure of a human or account in one state: each entity by id, as an answer gives it, and its level. */
type Exposure = ReadonlyMap<string, { readonly reach: Reach; readonly level: number }>;

/** The difference of an exposure between two states. @param start its number, which is the same in both */
export async function radiusChanges(since: Moment, until: Moment, start: number): Promise<RadiusChange[]> {
  const [before, after] = [await exposureAt(since, start), await exposureAt(until, start)];
  const found: RadiusChange[] = [];
  for (const [id, { reach, level }] of after) {
    const was = before.get(id);
    if (was === undefined) found.push({ kind: 'GAINED', id, before: null, after: reach });
    else if (was.level !== level) {
      found.push({ kind: level > was.level ? 'RAISED' : 'LOWERED', id, before: was.reach, after: reach });
    }
  }
  for (const [id, { reach }] of before)
    if (!after.has(id)) found.push({ kind: 'LOST', id, before: reach, after: null });
  return sorted(found, RADIUS_KEYSET);
}

async function exposureAt(moment: Moment, start: number): Promise<Exposure> {
  const exposure = memoizeByView((view) => exposureOf(view, start));
  const { view, members } = await moment.query((view): { view: GraphView; members: ReachSet['members'] } => {
    // Before the first import that has it, nobody can use anything.
    const known = start < view.size && KINDS[view.kindOf(start)] !== undefined;
    return { view, members: known ? exposure(view).members : [] };
  });
  const explained = {
    levelKind: ({ entity }: Reached) => KINDS[view.kindOf(entity)] as Kind,
    pathTo: ({ entity }: Reached) => moment.query((view) => exposure(view).pathTo(entity)),
    familyMateOf: () => 0,
  };
  return new Map(
    members.map((member) => [
      view.idOf(member.entity),
      { reach: new Reach(member, explained, moment), level: member.level },
    ]),
  );
}
