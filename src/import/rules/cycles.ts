import type { RelationshipKey } from '../../model/entity.js';
import type { RelationshipType } from '../../model/relationships.js';
import type { Place } from '../base/problems.js';
import type { RuleContext } from './context.js';
import { edgesOnCycles } from './cyclic.js';
import { stillOpen } from './existing.js';

/** Edges of one type that this import opens. */
interface Opened {
  readonly from: number[];
  readonly to: number[];
  readonly places: Place[];
}

/**
 * Tokens must not be their own ancestors, and resources not their own parts. Only an edge that this import opens can
 * close a cycle. So the edges of the store are followed backward from where these begin: an entity has few that contain
 * it, while one may contain hundreds of thousands.
 */
export class Cycles {
  private readonly byType = new Map<RelationshipType, Opened>();

  opened({ type, from, to }: RelationshipKey, place: Place): void {
    let edges = this.byType.get(type);
    if (edges === undefined) {
      edges = { from: [], to: [], places: [] };
      this.byType.set(type, edges);
    }
    edges.from.push(from);
    edges.to.push(to);
    edges.places.push(place);
  }

  async verify(session: RuleContext): Promise<void> {
    for (const [type, { from, to, places }] of this.byType) {
      const before = await this.leadingTo(session, type, from);
      const closing = edgesOnCycles([...from, ...before.from], [...to, ...before.to]);
      const message = `This ${type} closes a cycle: following it leads back to where it begins. Leave out the one that is wrong.`;
      for (const at of closing) {
        const place = places[at];
        if (place !== undefined) session.problems.add(place, { field: 'to', rule: 'CYCLE', message });
      }
    }
  }

  /** Edges of the store that are still open and lead to some entities. */
  private async leadingTo(
    session: RuleContext,
    type: RelationshipType,
    ends: readonly number[],
  ): Promise<{ from: number[]; to: number[] }> {
    const found = { from: [] as number[], to: [] as number[] };
    const met = new Set<number>();
    let frontier = [...new Set(ends)].filter((number) => session.table.has(number, 'before'));
    while (frontier.length > 0) {
      for (const number of frontier) met.add(number);
      const next = new Set<number>();
      for await (const records of stillOpen(session, frontier, [type], 'IN')) {
        for (const { from, to } of records) {
          found.from.push(from);
          found.to.push(to);
          if (!met.has(from)) next.add(from);
        }
      }
      frontier = [...next];
    }
    return found;
  }
}
