import type { Flow } from '../../model/flow.js';
import type { Expanded, GraphRows, RelationshipColumns } from '../../model/rows.js';
import { FamilyCodes } from '../family-codes.js';
import { neighbourKey } from '../neighbour-key.js';
import type { EntityNumber } from '../view.js';

/** One entity as it was fetched. `model/rows.ts` says what the fields mean. */
export interface FetchedEntity {
  readonly id: string;
  readonly kind: number;
  readonly flags: number;
  readonly expiresAt: number;
  readonly source: number;
  /** A positive number that is the same for all tokens of one family of one source; 0: no family. */
  readonly family: number;
}

/** Neighbours by {@link neighbourKey}, each with the code of the relationship. */
export type Neighbours = ReadonlyMap<number, number>;

/** The relationship types that were fetched of one entity, as bits, by direction. */
interface FetchedTypes {
  out: number;
  into: number;
}

const NO_TYPES: Readonly<FetchedTypes> = { out: 0, into: 0 };
const NO_NEIGHBOURS: Neighbours = new Map();

/** The part of one state of the graph that was fetched from a store so far. It only grows. */
export class PartialGraph {
  private readonly entities = new Map<EntityNumber, FetchedEntity>();
  private readonly numbers = new Map<string, EntityNumber>();
  private readonly out = new Map<EntityNumber, Map<number, number>>();
  private readonly into = new Map<EntityNumber, Map<number, number>>();
  private readonly typesFetched = new Map<EntityNumber, FetchedTypes>();
  private readonly familyCodes = new FamilyCodes();
  private readonly families = new Map<number, EntityNumber[]>();
  private readonly wholeFamilies = new Set<number>();
  /** Whether anything in the store may be sustained by something else. Nothing is known before the first expansion. */
  mayHaveSustainers = false;
  /** How many entities and relationships it has. */
  rows = 0;
  /** Every entity number is below this. */
  size = 1;

  entity(number: EntityNumber): FetchedEntity | undefined {
    return this.entities.get(number);
  }

  /** The entity with an id; 0: no entity has it; undefined: the id was not looked up yet. */
  numberOf(id: string): EntityNumber | undefined {
    return this.numbers.get(id);
  }

  /** Records which entity has an id; 0: no entity has it. */
  setNumber(id: string, number: EntityNumber): void {
    this.numbers.set(id, number);
  }

  /** Whether the number was fetched: if so and there is no entity, no entity has this number. */
  wasFetched(number: EntityNumber): boolean {
    return this.typesFetched.has(number);
  }

  /** The types that were fetched of an entity. */
  fetchedTypes(number: EntityNumber): Readonly<FetchedTypes> {
    return this.typesFetched.get(number) ?? NO_TYPES;
  }

  hasWholeFamily(family: number): boolean {
    return this.wholeFamilies.has(family);
  }

  neighbours(number: EntityNumber, direction: 'out' | 'into'): Neighbours {
    return this[direction].get(number) ?? NO_NEIGHBOURS;
  }

  familyMembers(family: number): readonly EntityNumber[] {
    return this.families.get(family) ?? [];
  }

  allEntities(): Iterable<FetchedEntity> {
    return this.entities.values();
  }

  /**
   * Adds the rows that an expansion along `flow` gave.
   *
   * @param frontier the entities that the expansion started from
   */
  add(rows: Expanded, frontier: readonly EntityNumber[], flow: Flow): void {
    this.mayHaveSustainers ||= rows.anySustains;
    this.addEntities(rows);
    this.addRelationships(rows.relationships);
    for (const number of rows.looked) {
      const { out, into } = this.fetchedTypes(number);
      this.typesFetched.set(number, { out: out | flow.out, into: into | flow.into });
    }
    if (!flow.family) return;
    for (const number of frontier) {
      const family = this.entities.get(number)?.family ?? 0;
      if (family !== 0) this.wholeFamilies.add(family);
    }
  }

  private addEntities({ entities }: GraphRows): void {
    for (let row = 0; row < entities.count; row += 1) {
      const number = entities.entity[row]!;
      if (this.entities.has(number)) continue;
      const id = entities.id[row]!;
      const source = entities.source[row]!;
      const family = this.familyCodes.codeOf(source, entities.family[row] ?? null);
      this.entities.set(number, {
        id,
        kind: entities.kind[row]!,
        flags: entities.flags[row]!,
        expiresAt: entities.expiresAt[row]!,
        source,
        family,
      });
      this.numbers.set(id, number);
      if (family !== 0) this.families.set(family, [...(this.families.get(family) ?? []), number]);
      this.size = Math.max(this.size, number + 1);
      this.rows += 1;
    }
  }

  private addRelationships({ count, from, to, code }: RelationshipColumns): void {
    for (let row = 0; row < count; row += 1) {
      const [start, end, what] = [from[row]!, to[row]!, code[row]!];
      const leaving = neighboursOf(this.out, start);
      const key = neighbourKey(end, what);
      if (leaving.has(key)) continue;
      leaving.set(key, what);
      neighboursOf(this.into, end).set(neighbourKey(start, what), what);
      this.rows += 1;
    }
  }
}

function neighboursOf(
  all: Map<EntityNumber, Map<number, number>>,
  number: EntityNumber,
): Map<number, number> {
  let found = all.get(number);
  if (found === undefined) {
    found = new Map();
    all.set(number, found);
  }
  return found;
}
