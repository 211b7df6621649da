import { Effectiveness } from '../../graph/effectiveness.js';
import { sustainedEnd } from '../../graph/sustaining.js';
import type { EntityNumber, GraphView, Visit, VisitFilter } from '../../graph/view.js';
import { isLiveStatus, KINDS, type Kind, kindCode } from '../../model/kinds.js';
import { levelOf, WRITE } from '../../model/levels.js';
import { ruleOf, typeCode } from '../../model/relationships.js';
import { codeIdentity, ENTITY_FLAGS, packRelationship } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { Change, NewEntity, RelationshipDetails, RelationshipName } from './change.js';

/** What changed among the relationships of one entity in one direction. */
interface Patch {
  /** By other end and identity. */
  readonly ended: Set<number>;
  readonly opened: Map<number, { readonly other: EntityNumber; readonly code: number }>;
}

const keyOf = (other: EntityNumber, code: number): number => other * 128 + codeIdentity(code);

/** A view of a graph as if some changes were made. The graph below is not changed. */
export class OverlayView implements GraphView {
  private readonly added: NewEntity[] = [];
  private readonly numbers = new Map<string, EntityNumber>();
  private readonly liveness = new Map<EntityNumber, boolean>();
  private readonly out = new Map<EntityNumber, Patch>();
  private readonly into = new Map<EntityNumber, Patch>();
  /** What the changes say is sustained by something. */
  private readonly newlySustained = new Set<EntityNumber>();
  /** The changes may take away, or give back, what something else is sustained by. */
  private readonly effectiveness = new Effectiveness(this);

  constructor(
    private readonly base: GraphView,
    changes: readonly Change[],
  ) {
    // New entities get their numbers first, because relationships in any order may refer to them.
    for (const change of changes) if (change.change === 'CREATE') this.create(change.entity);
    for (const change of changes) this.apply(change);
  }

  get revision() {
    return this.base.revision;
  }
  get now() {
    return this.base.now;
  }
  get size(): number {
    return this.base.size + this.added.length;
  }
  get isPartial(): boolean {
    return this.base.isPartial === true;
  }

  /** The changes add nothing that expires, but may end a token that would expire: the moment is never later than the next expiry. */
  nextExpiryAfter(moment: Millis): Millis {
    return this.base.nextExpiryAfter(moment);
  }

  kindOf(entity: EntityNumber): number {
    const made = this.made(entity);
    return made === undefined ? this.base.kindOf(entity) : kindCode(made.kind)!;
  }

  isLive(entity: EntityNumber): boolean {
    return this.liveness.get(entity) ?? (this.made(entity) !== undefined || this.base.isLive(entity));
  }

  isEffective(entity: EntityNumber): boolean {
    return this.effectiveness.isEffective(entity);
  }

  mayHaveSustainer(entity: EntityNumber): boolean {
    if (this.newlySustained.has(entity)) return true;
    return this.made(entity) === undefined && this.base.mayHaveSustainer(entity);
  }

  expiryOf(entity: EntityNumber): Millis {
    return this.made(entity) === undefined ? this.base.expiryOf(entity) : Number.POSITIVE_INFINITY;
  }

  flagsOf(entity: EntityNumber): number {
    const made = this.made(entity);
    if (made === undefined) return this.base.flagsOf(entity);
    return ENTITY_FLAGS.live | (made.properties.managed === false ? 0 : ENTITY_FLAGS.managed);
  }

  sourceOf(entity: EntityNumber): number {
    return this.made(entity) === undefined ? this.base.sourceOf(entity) : 0;
  }

  /** What a plan makes has no family. */
  familyOf(token: EntityNumber): number {
    return this.made(token) === undefined ? this.base.familyOf(token) : 0;
  }

  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void {
    this.base.eachOfFamily(family, visit);
  }

  idOf(entity: EntityNumber): string {
    return this.made(entity)?.id ?? this.base.idOf(entity);
  }

  numberOf(id: string): EntityNumber {
    return this.numbers.get(id) ?? this.base.numberOf(id);
  }

  compare(a: EntityNumber, b: EntityNumber): number {
    return compareUtf8(this.idOf(a), this.idOf(b));
  }

  eachOut(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void {
    const known = this.made(entity) === undefined;
    this.each(
      this.out.get(entity),
      known ? (see) => this.base.eachOut(entity, see, wanted) : () => {},
      visit,
    );
  }

  eachIn(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void {
    const known = this.made(entity) === undefined;
    this.each(
      this.into.get(entity),
      known ? (see) => this.base.eachIn(entity, see, wanted) : () => {},
      visit,
    );
  }

  private each(patch: Patch | undefined, below: (see: Visit) => void, visit: Visit): void {
    let over = false;
    below((other, code) => {
      if (patch?.ended.has(keyOf(other, code))) return;
      over = visit(other, code) === true;
      return over;
    });
    for (const { other, code } of patch?.opened.values() ?? []) {
      if (over) return;
      over = visit(other, code) === true;
    }
  }

  private made(entity: EntityNumber): NewEntity | undefined {
    return entity < this.base.size ? undefined : this.added[entity - this.base.size];
  }

  private create(entity: NewEntity): void {
    if (this.numberOf(entity.id) !== 0) return;
    this.numbers.set(entity.id, this.size);
    this.added.push(entity);
  }

  private apply(change: Change): void {
    switch (change.change) {
      case 'CREATE':
        return;
      case 'SET_STATUS': {
        const entity = this.numberOf(change.entity);
        this.liveness.set(entity, isLiveStatus(KINDS[this.kindOf(entity)] as Kind, change.status));
        return;
      }
      case 'END':
        this.end(change.relationship);
        return;
      case 'OPEN':
        this.open(change.relationship);
        return;
    }
  }

  private end(name: RelationshipName): void {
    const [from, to] = [this.numberOf(name.from), this.numberOf(name.to)];
    const code = codeOf(name);
    for (const [patch, other] of [
      [patchOf(this.out, from), to],
      [patchOf(this.into, to), from],
    ] as const) {
      patch.ended.add(keyOf(other, code));
      patch.opened.delete(keyOf(other, code));
    }
  }

  private open(relationship: RelationshipName & RelationshipDetails): void {
    this.end(relationship);
    const [from, to] = [this.numberOf(relationship.from), this.numberOf(relationship.to)];
    const code = codeOf(relationship);
    patchOf(this.out, from).opened.set(keyOf(to, code), { other: to, code });
    patchOf(this.into, to).opened.set(keyOf(from, code), { other: from, code });
    const sustained = sustainedEnd(from, to, code);
    if (sustained !== 0) this.newlySustained.add(sustained);
  }
}

function patchOf(patches: Map<EntityNumber, Patch>, entity: EntityNumber): Patch {
  let patch = patches.get(entity);
  if (patch === undefined) {
    patch = { ended: new Set(), opened: new Map() };
    patches.set(entity, patch);
  }
  return patch;
}

function codeOf(relationship: RelationshipName & RelationshipDetails): number {
  const { properties } = ruleOf(relationship.type);
  return packRelationship({
    type: typeCode(relationship.type)!,
    permission: relationship.permission === undefined ? 0 : levelOf(relationship.permission),
    needs: properties.includes('needs') ? WRITE : 0,
    required: relationship.required ?? true,
    access: true,
    sustains: relationship.sustains ?? false,
    open: true,
  });
}
