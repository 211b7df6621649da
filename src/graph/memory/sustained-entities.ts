import { codeOpen } from '../../model/rows.js';
import { eachSustainer, sustainableEnd, sustainedEnd } from '../sustaining.js';
import type { EntityNumber, GraphView } from '../view.js';

/** Relationships as columns; see `RelationshipColumns`. */
interface Edges {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly code: Uint16Array;
}

/**
 * The entities of one state that something sustains, as open relationships say. Where none says so, which is the rule,
 * it has no column and costs nothing. A value never changes; {@link with} gives the next one.
 */
export class SustainedEntities {
  /** @param marks by entity: 1 where something sustains it; null: nothing sustains anything */
  private constructor(private readonly marks: Uint8Array | null) {}

  /** @param size every entity number is below it */
  static among(edges: Edges, size: number): SustainedEntities {
    let marks: Uint8Array | null = null;
    for (let row = 0; row < edges.count; row += 1) {
      const entity = sustainedEnd(edges.from[row]!, edges.to[row]!, edges.code[row]!);
      if (entity === 0 || !codeOpen(edges.code[row]!)) continue;
      marks ??= new Uint8Array(size);
      marks[entity] = 1;
    }
    return new SustainedEntities(marks);
  }

  has(entity: EntityNumber): boolean {
    return this.marks !== null && this.marks[entity] === 1;
  }

  /**
   * What is sustained after a change.
   *
   * @param changed the relationships that changed, each with its new code
   * @param after gives the relationships as they are after the change
   */
  with(
    changed: readonly Edges[],
    after: Pick<GraphView, 'eachOut' | 'eachIn'>,
    size: number,
  ): SustainedEntities {
    const { marks } = this;
    if (marks === null) {
      const fresh = changed.map((edges) => SustainedEntities.among(edges, size));
      if (fresh.every((one) => one.marks === null)) return this;
    }
    const next = new Uint8Array(size);
    if (marks !== null) next.set(marks);
    const touched = new Set<EntityNumber>();
    for (const { count, from, to, code } of changed) {
      for (let row = 0; row < count; row += 1) touched.add(sustainableEnd(from[row]!, to[row]!, code[row]!));
    }
    touched.delete(0);
    for (const entity of touched) next[entity] = isSustained(after, entity) ? 1 : 0;
    return new SustainedEntities(next);
  }
}

function isSustained(view: Pick<GraphView, 'eachOut' | 'eachIn'>, entity: EntityNumber): boolean {
  let found = false;
  eachSustainer(view, entity, () => {
    found = true;
    return true;
  });
  return found;
}
