import type { Flow } from '../../model/flow.js';
import type { Expanded, GraphRows, RelationshipColumns } from '../../model/rows.js';
import { neighbourKey } from '../neighbour-key.js';
import type { EntityNumber } from '../view.js';

/** One entity as it was fetched; what `model/rows.ts` says of its columns. */
export interface FetchedEntity {
  readonly id: string;
  readonly kind: number;
  readonly flags: number;
  readonly expiresAt: number;
  readonly source: number;
  /** One positive number for a family of one source; 0: none. */
  readonly family: number;
}

/** Neighbours by {@link neighbourKey}, each with the code of the relationship. */
export type Neighbours = ReadonlyMap<number, number>;

/** What one entity has been asked about: types as bits, by direction. */
interface FetchedTypes {
  out: number;
  into: number;
}

const NO_TYPES: Readonly<FetchedTypes> = { out: 0, into: 0 };
const NO_NEIGHBOURS: Neighbours = new Map();

/** What has been fetched of one state of a store so far. It only grows. */
export class PartialGraph {
  private readonly entities = new Map<EntityNumber, FetchedEntity>();
  private readonly numbers = new Map<string, EntityNumber>();
  private readonly out = new Map<EntityNumber, Map<number, number>>();
  private readonly into = new Map<EntityNumber, Map<number, number>>();
  private readonly typesFetched = new Map<EntityNumber, FetchedTypes>();
  private readonly familyCodes = new Map<string, number>();
  private readonly families = new Map<number, EntityNumber[]>();
  private readonly wholeFamilies = new Set<number>();
  /** Rows that were taken in: entities and relationships. */
  rows = 0;
  /** Every number is below this. */
  size = 1;

  entity(number: EntityNumber): FetchedEntity | undefined {
    return this.entities.get(number);
  }

  /** undefined: nobody has asked the store yet; 0: nobody has this id. */
  numberOf(id: string): EntityNumber | undefined {
    return this.numbers.get(id);
  }

  /** Takes in whose an id is; 0: nobody's. */
  name(id: string, number: EntityNumber): void {
    this.numbers.set(id, number);
  }

  /** Whether the number was asked about, so that one without an entity names nothing. */
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
   * Takes in what an expansion along `flow` gave.
   *
   * @param frontier where it started from
   */
  add(rows: Expanded, frontier: readonly EntityNumber[], flow: Flow): void {
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
      const family = this.familyCode(source, entities.family[row] ?? null);
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

  private familyCode(source: number, family: string | null): number {
    if (family === null) return 0;
    const key = `${source}/${family}`;
    const known = this.familyCodes.get(key);
    if (known !== undefined) return known;
    const code = this.familyCodes.size + 1;
    this.familyCodes.set(key, code);
    return code;
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
