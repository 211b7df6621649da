import { BATCH_ITEMS } from '../base/limits.js';
import type { Flaw } from '../base/problems.js';
import {
  type Item,
  type ItemKind,
  type Progress,
  type RawHeader,
  RowPlace,
  type SnapshotReader,
} from './reader.js';

const LISTS: Readonly<Record<ItemKind, 'entities' | 'relationships'>> = {
  entity: 'entities',
  relationship: 'relationships',
};

/** What a header has; the rest of a document is its items. */
const HEADER = ['source', 'mode', 'couldNotRead'];
const MEMBERS = [...HEADER, 'entities', 'relationships'];

/** A snapshot as one JSON value. Rows are JSON paths, such as `entities[3]`. */
export class DocumentReader implements SnapshotReader {
  readonly header: RawHeader;

  constructor(
    private readonly document: Readonly<Record<string, unknown>>,
    private readonly position: number,
    private readonly prefix: string,
  ) {
    const said = HEADER.filter((name) => document[name] !== undefined);
    const value = Object.fromEntries(said.map((name) => [name, document[name]]));
    this.header = { value, place: this.place(-1, () => 'source') };
  }

  entityLabel(row: number): string {
    return `${this.prefix}${LISTS.entity}[${row}]`;
  }

  async *items(kind: ItemKind, progress: Progress): AsyncIterable<readonly Item[]> {
    if (kind === 'entity') this.checkMembers(progress);
    const name = LISTS[kind];
    const list = this.document[name] ?? [];
    if (!Array.isArray(list)) {
      progress.flawed(
        this.place(0, () => name),
        wrong(name, `${name} is a list.`),
      );
      return;
    }
    // Relationships come after all entities in the order of places.
    const first = kind === 'entity' ? 0 : 2 ** 31;
    for (let start = 0; start < list.length; start += BATCH_ITEMS) {
      const batch = list.slice(start, start + BATCH_ITEMS) as unknown[];
      yield batch.map((value, at) => ({
        value,
        raw: null,
        place: this.place(first + start + at, (row) => `${name}[${row - first}]`),
      }));
    }
  }

  private checkMembers(progress: Progress): void {
    for (const name of Object.keys(this.document)) {
      if (MEMBERS.includes(name)) continue;
      // The message does not repeat the name, which was not scanned for credentials.
      const message = `A snapshot has ${MEMBERS.join(', ')} and nothing else.`;
      progress.flawed(
        this.place(-1, () => 'document'),
        wrong('', message),
      );
    }
  }

  private place(row: number, naming: (row: number) => string): RowPlace {
    return new RowPlace(this.position, row, (at) => `${this.prefix}${naming(at)}`);
  }
}

function wrong(field: string, message: string): Flaw {
  return { field, rule: 'BAD_PROPERTY', message };
}
