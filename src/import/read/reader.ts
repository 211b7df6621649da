import type { Flaw, Place } from '../base/problems.js';

export type ItemKind = 'entity' | 'relationship';

/** One item of a snapshot as it was sent, before any check. */
export interface Item {
  readonly value: unknown;
  /** The JSON text of the item, where it is a line of NDJSON; otherwise null. */
  readonly raw: string | null;
  readonly place: Place;
}

/** The header of a snapshot as it was sent. */
export interface RawHeader {
  readonly value: unknown;
  readonly place: Place;
}

/** Reads one snapshot, whether it is NDJSON, a JSON document or a parsed value. */
export interface SnapshotReader {
  readonly header: RawHeader;
  /** The label of the row of an entity. */
  entityLabel(row: number): string;
  /**
   * The items of a kind, in order, in batches. What cannot be read at all (a line that is no JSON, or no item) is
   * reported to `flawed`, once as long as each kind is read once.
   */
  items(kind: ItemKind, progress: Progress): AsyncIterable<readonly Item[]>;
}

/** What a reader reports while it reads. */
export interface Progress {
  bytes(count: number): void;
  flawed(place: Place, flaw: Flaw): void;
}

/** A place whose label is made only when it is needed. */
export class RowPlace implements Place {
  constructor(
    readonly input: number,
    readonly row: number,
    private readonly naming: (row: number) => string,
  ) {}

  label(): string {
    return this.naming(this.row);
  }
}
