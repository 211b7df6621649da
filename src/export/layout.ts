import type { RelationshipKey } from '../model/entity.js';
import { PERMISSIONS } from '../model/levels.js';
import { RELATIONSHIP_TYPES } from '../model/relationships.js';
import type { Revision } from '../model/revision.js';
import { codeOpen, codePermission, codeType } from '../model/rows.js';
import { compareUtf8 } from '../model/utf8.js';
import type { Store } from '../store/store.js';

/** The entities and relationships of a store by number, in the order of an export: a few bytes for each, and the ids. */
export interface Layout {
  /** The numbers of all entities, in order of id. */
  readonly entities: Uint32Array;
  /** The ids of entities, by number. */
  readonly ids: readonly string[];
  /** The number of the source of each entity, by number of the entity. */
  readonly sources: Uint32Array;
  /** How many open relationships there are. {@link keyAt} has them in order of type, from, to, permission. */
  readonly relationships: number;
  keyAt(position: number): RelationshipKey;
}

/** The rank of each word in the order of their UTF-8 bytes. */
function ranks(words: readonly string[]): number[] {
  const sorted = [...words].sort(compareUtf8);
  return words.map((word) => sorted.indexOf(word));
}

const TYPE_RANKS = ranks(RELATIONSHIP_TYPES);
/** The rank of a permission by its level; level 0 is no permission. */
const PERMISSION_RANKS = [0, ...ranks(PERMISSIONS).map((rank) => rank + 1)];

/** Reads the layout of a store at a revision. */
export async function layoutOf(store: Pick<Store, 'scan'>, at: Revision): Promise<Layout> {
  const ids: string[] = [];
  const numbers = new Numbers();
  const owners = new Numbers();
  const [from, to, code] = [new Numbers(), new Numbers(), new Numbers()];
  for await (const { entities, relationships } of store.scan(0, at)) {
    for (let row = 0; row < entities.count; row += 1) {
      const number = entities.entity[row] as number;
      ids[number] = entities.id[row] as string;
      numbers.push(number);
      owners.push(entities.source[row] as number);
    }
    for (let row = 0; row < relationships.count; row += 1) {
      if (!codeOpen(relationships.code[row] as number)) continue;
      from.push(relationships.from[row] as number);
      to.push(relationships.to[row] as number);
      code.push(relationships.code[row] as number);
    }
  }
  const sources = new Uint32Array(ids.length);
  for (let at = 0; at < numbers.length; at += 1) sources[numbers.at(at)] = owners.at(at);
  const entities = numbers.all().sort((a, b) => compareUtf8(ids[a] as string, ids[b] as string));
  const rank = new Uint32Array(ids.length);
  for (const [position, number] of entities.entries()) rank[number] = position;
  const order = Uint32Array.from({ length: code.length }, (_, position) => position).sort(
    (a, b) =>
      (TYPE_RANKS[codeType(code.at(a))] as number) - (TYPE_RANKS[codeType(code.at(b))] as number) ||
      (rank[from.at(a)] as number) - (rank[from.at(b)] as number) ||
      (rank[to.at(a)] as number) - (rank[to.at(b)] as number) ||
      (PERMISSION_RANKS[codePermission(code.at(a))] as number) -
        (PERMISSION_RANKS[codePermission(code.at(b))] as number),
  );
  const keyAt = (position: number): RelationshipKey => {
    const row = order[position] as number;
    const type = RELATIONSHIP_TYPES[codeType(code.at(row))] as RelationshipKey['type'];
    const permission = PERMISSIONS[codePermission(code.at(row)) - 1] ?? null;
    return { type, from: from.at(row), to: to.at(row), permission };
  };
  return { entities, ids, sources, relationships: code.length, keyAt };
}

/** A growing list of integers with four bytes each. */
export class Numbers {
  private values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  at(position: number): number {
    return this.values[position] as number;
  }

  /** A copy of all values. */
  all(): Uint32Array {
    return this.values.slice(0, this.length);
  }
}
