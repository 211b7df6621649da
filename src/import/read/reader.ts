import type { Flaw, Place } from '../base/problems.js';

export type ItemKind = 'entity' | 'relationship';

/** One item of a snapshot as it was sent, not yet looked at. */
export interface Item {
  readonly value: unknown;
  /** Its JSON, where it came as a line; null otherwise. */
  readonly raw: string | null;
  readonly place: Place;
}

/** What a snapshot says of itself, as it was sent. */
export interface RawHeader {
  readonly value: unknown;
  readonly place: Place;
}

/** Reads one snapshot, the same way whether it is NDJSON, a JSON document, or a value. */
export interface SnapshotReader {
  readonly header: RawHeader;
  /** The label of the row of an entity. */
  entityLabel(row: number): string;
  /**
   * Items of a kind, in order, in batches. What cannot be read at all (a line that is no JSON, or no item) is
   * told to `flawed`, once when each kind is read once.
   */
  items(kind: ItemKind, progress: Progress): AsyncIterable<readonly Item[]>;
}

/** What a reader tells while it reads. */
export interface Progress {
  bytes(count: number): void;
  flawed(place: Place, flaw: Flaw): void;
}

/** A place whose label is made when it is asked for. */
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
