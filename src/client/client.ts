import type { TypedDocumentString } from '../documents/generated/graphql.js';
import type { Problem } from '../model/errors.js';
import type { Millis } from '../model/time.js';

/** What a command needs of Tendril: operations of the API, and the streams for import and export. */
export interface Client {
  /** Rows on a page of a list; {@link executeAll} asks for as many pages as there are. */
  readonly pageSize: number;

  /**
   * Runs a query or a mutation and gives its data.
   *
   * @throws TendrilError as the API does; UNAVAILABLE where the service or the store cannot be reached
   */
  execute<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result>;

  /**
   * Waits while a case is carried out, until it has ended or waits for something that takes long. On a local store
   * this process carries it out.
   *
   * @throws the signal's reason once it is aborted
   */
  carryOut(offboarding: string, following: Following): Promise<void>;

  /** Imports snapshots in one commit. @throws SNAPSHOT_REFUSED; the signal's reason, and nothing is written then */
  importSnapshots(inputs: readonly SnapshotInput[], options: ImportOptions): Promise<ImportOutcome>;

  /**
   * The graph as it stands, or stood, as full snapshots in order of their sources.
   *
   * @throws NOT_FOUND for a source that has nothing
   */
  exportGraph(options: ExportOptions): Promise<ExportedGraph>;

  /** Lets go of the store or of the connection. Twice is the same as once. */
  close(): Promise<void>;
}

/** How a client is opened. */
export interface ClientOptions {
  /**
   * What it is opened for, where that is one thing: on a local store, whoever may not do it is refused before the store
   * is opened. Only an import makes a store where there is none.
   */
  readonly purpose?: 'import' | 'export';
  /** Hears what a person should know besides the result: one sentence. */
  readonly note?: (sentence: string) => void;
}

/** How far a case is, in actions. */
export interface CaseProgress {
  readonly done: number;
  readonly total: number;
  /** Id of the action that is tried at this moment; null: none is, or it is not known. */
  readonly running: string | null;
}

export interface Following {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: CaseProgress) => void;
}

/** A snapshot to import: a file, or a stream that is read once. */
export type SnapshotInput = {
  /** What problems call it. */
  readonly name: string;
} & ({ readonly path: string } | { readonly stream: AsyncIterable<Uint8Array> });

export interface ImportOptions {
  /** Let a full snapshot end more than half of what was live of its source. */
  readonly force: boolean;
  /** What happens to a relationship with an unknown end. */
  readonly dangling: 'refuse' | 'skip';
  readonly signal: AbortSignal;
  /** Called when the import waits for another writer of the store, and when it has its turn. */
  readonly onTurn?: (turn: 'asked' | 'given') => void;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  /** Bytes read or sent so far. */
  readonly read: number;
  /** Bytes of all inputs; undefined where one of them does not tell. */
  readonly total?: number | undefined;
  /** Entities and relationships looked at; undefined where the service does not tell. */
  readonly items?: number;
}

/** What an import came to; counts are of entities and relationships together. */
export interface ImportOutcome {
  readonly revision: string;
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  readonly unchanged: number;
  readonly skipped: readonly Problem[];
  readonly overtaken: readonly string[];
}

export interface ExportOptions {
  /** Left out: as it stands. */
  readonly asOf?: Millis | undefined;
  /** Only this source. */
  readonly source?: string | undefined;
}

export interface ExportedGraph {
  readonly revision: string;
  /** Ids of the sources that have something, in the order in which they come. */
  readonly sources: readonly string[];
  /** One for each source; the lines of one are read to their end before the next begins. */
  snapshots(): AsyncIterable<ExportedSource>;
}

/** One source as a full snapshot in NDJSON. */
export interface ExportedSource {
  readonly source: string;
  /** Pieces of some size, each of whole lines. */
  readonly bytes: AsyncIterable<Uint8Array>;
}
