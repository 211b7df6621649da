import type { Revision } from '../../model/revision.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import { Effectiveness } from '../effectiveness.js';
import { NO_KIND } from '../kind-codes.js';
import { neighbourOf } from '../neighbour-key.js';
import { SUSTAINABLE } from '../sustaining.js';
import { EVERY_TYPE } from '../type-sets.js';
import type { EntityNumber, GraphView, Visit, VisitFilter } from '../view.js';
import { MissingData } from './missing-data.js';
import type { PartialGraph } from './partial-graph.js';

/**
 * A view of the part of the graph that was fetched so far. It treats data that was not fetched as absent, and records
 * it as {@link missing}. A query that ran with missing data has no valid answer, but it has recorded everything that it
 * has to read next. A query that ran without missing data has the right answer.
 */
export class PartialGraphView implements GraphView {
  readonly isPartial = true;
  readonly size: number;
  readonly missing = new MissingData();
  private readonly effectiveness = new Effectiveness(this);

  constructor(
    private readonly graph: PartialGraph,
    readonly revision: Revision,
    readonly now: Millis,
  ) {
    this.size = graph.size;
  }

  nextExpiryAfter(moment: Millis): Millis {
    let next = Number.POSITIVE_INFINITY;
    for (const { flags, expiresAt } of this.graph.allEntities()) {
      if ((flags & ENTITY_FLAGS.live) !== 0 && expiresAt > moment && expiresAt < next) next = expiresAt;
    }
    return next;
  }

  kindOf(entity: EntityNumber): number {
    return this.row(entity)?.kind ?? NO_KIND;
  }

  isLive(entity: EntityNumber): boolean {
    const row = this.row(entity);
    return row !== undefined && (row.flags & ENTITY_FLAGS.live) !== 0 && row.expiresAt > this.now;
  }

  isEffective(entity: EntityNumber): boolean {
    return this.effectiveness.isEffective(entity);
  }

  /** Only fetched relationships can tell that there is none, so it is no only where the store has none at all. */
  mayHaveSustainer(entity: EntityNumber): boolean {
    return this.graph.mayHaveSustainers && SUSTAINABLE[this.kindOf(entity)] === true;
  }

  expiryOf(entity: EntityNumber): Millis {
    return this.row(entity)?.expiresAt ?? Number.POSITIVE_INFINITY;
  }

  flagsOf(entity: EntityNumber): number {
    return this.row(entity)?.flags ?? 0;
  }

  sourceOf(entity: EntityNumber): number {
    return this.row(entity)?.source ?? 0;
  }

  familyOf(token: EntityNumber): number {
    return this.row(token)?.family ?? 0;
  }

  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void {
    const mates = this.graph.familyMembers(family);
    const [one] = mates;
    if (one !== undefined && !this.graph.hasWholeFamily(family)) this.missing.addFamily(one);
    for (const token of mates) visit(token);
  }

  idOf(entity: EntityNumber): string {
    return this.row(entity)?.id ?? '';
  }

  numberOf(id: string): EntityNumber {
    const number = this.graph.numberOf(id);
    if (number === undefined) this.missing.addId(id);
    return number ?? 0;
  }

  compare(a: EntityNumber, b: EntityNumber): number {
    return compareUtf8(this.idOf(a), this.idOf(b));
  }

  eachOut(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void {
    this.each(entity, 'out', visit, wanted);
  }

  eachIn(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void {
    this.each(entity, 'into', visit, wanted);
  }

  /** Gives the fetched relationships first: a visitor that ends the visit there needs nothing that is missing. */
  private each(entity: EntityNumber, direction: 'out' | 'into', visit: Visit, wanted?: VisitFilter): void {
    for (const [key, code] of this.graph.neighbours(entity, direction)) {
      if (visit(neighbourOf(key), code)) return;
    }
    if (wanted?.onlySeen === true) return;
    const unseen = (wanted?.types ?? EVERY_TYPE) & ~this.graph.fetchedTypes(entity)[direction];
    if (unseen !== 0) this.missing.addTypes(entity, direction, unseen);
  }

  private row(entity: EntityNumber) {
    const row = this.graph.entity(entity);
    if (row === undefined && !this.graph.wasFetched(entity)) this.missing.addStart(entity);
    return row;
  }
}
