import { TimeSlice } from '../../async/time-slice.js';
import type { Problem } from '../../model/errors.js';
import { limitExceeded } from '../../model/errors.js';
import { OWN_SOURCE } from '../../model/ids.js';
import type { Millis } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import { MAX_SKIPPED } from '../base/limits.js';
import { type Flaw, type Place, Problems } from '../base/problems.js';
import type { ImportOptions } from '../base/types.js';
import { exposedIn } from '../credentials/detect.js';
import { CredentialScanner, credentialFlaw } from '../credentials/scanner.js';
import type { Progress } from '../read/reader.js';
import type { Rotation } from '../reconcile/knows.js';
import type { SnapshotRun } from '../reconcile/run.js';
import { EntityTable } from '../reconcile/table.js';
import { TouchedRelationships } from '../reconcile/touched.js';
import { Consents } from '../rules/consents.js';
import { Cycles } from '../rules/cycles.js';
import { Addresses } from './addresses.js';
import type { FindingsCollector } from './findings-collector.js';
import { People } from './people.js';
import { Returning } from './returning.js';

/** How long an import holds the event loop, in milliseconds: a server goes on answering meanwhile. */
const SLICE = 15;

/** The state that the steps of one import share. */
export class ImportSession {
  readonly table = new EntityTable();
  readonly touched = new TouchedRelationships();
  readonly consents = new Consents();
  readonly cycles = new Cycles();
  readonly scanner: CredentialScanner;
  /** Numbers of the entities that this import has met, by id; 0 for one that is in the file and was refused. */
  readonly numbers = new Map<string, number>();
  /** Humans that this import has met, by address. */
  readonly emails = new Addresses();
  readonly returning: Returning;
  /** Live humans that this import reports. */
  readonly people = new People();
  /** When entities that are absent now were last reported. */
  readonly lastThere = new Map<number, Millis>();
  /** When secrets on which a case has acted were last rotated. */
  readonly rotations = new Map<number, Rotation>();
  /** Email addresses that were looked up in the store. */
  readonly met = new Set<string>();
  readonly skipped: Problem[] = [];
  readonly runs: SnapshotRun[] = [];
  /** Ids of the sources that were there before this import, by number. */
  known: ReadonlyMap<number, string> = new Map();
  /** Collects what the import shows about what cases have ended; null where no case has ended anything. */
  findings: FindingsCollector | null = null;
  private readonly slice = new TimeSlice(SLICE);

  constructor(
    readonly store: Store,
    readonly draft: Draft,
    readonly problems: Problems,
    readonly options: ImportOptions,
    private readonly progress: ProgressReporter,
  ) {
    this.returning = new Returning(store);
    this.scanner = new CredentialScanner((place, flaw) => problems.add(place, flaw));
  }

  /** Whether the store is empty: then nothing needs to be looked up. */
  get fresh(): boolean {
    return this.draft.base.revision === 0;
  }

  /**
   * Refuses an item. An item that holds a credential is refused for that alone, because other messages repeat parts of
   * the item.
   */
  refuse(place: Place, value: unknown, flaws: readonly Flaw[]): void {
    const exposed = this.problems.full ? [] : exposedIn(value);
    for (const flaw of exposed.length > 0 ? exposed.map(credentialFlaw) : flaws) {
      this.problems.add(place, flaw);
    }
  }

  /** Leaves an item out, as `dangling: skip` asks for. */
  skip(run: SnapshotRun, place: Place, value: unknown, flaw: Flaw): void {
    const exposed = exposedIn(value);
    if (exposed.length > 0) {
      for (const one of exposed) this.problems.add(place, credentialFlaw(one));
      return;
    }
    if (this.skipped.length >= MAX_SKIPPED) {
      const message = `More than ${MAX_SKIPPED} relationships have an unknown end; import what they refer to.`;
      throw limitExceeded(message, 'skipped', MAX_SKIPPED);
    }
    run.skipped += 1;
    this.skipped.push({ row: place.label(), ...flaw });
  }

  /** The id of a source by its number: of this import, or of those that were there before. */
  sourceId(number: number): string {
    const run = this.runs.find(({ statement }) => statement.source === number);
    return run?.header.id ?? this.known.get(number) ?? OWN_SOURCE;
  }

  /** The label of the row of an entity of this import. */
  labelOf(number: number, row: number): string {
    const run = this.runs.find(({ position }) => position === this.table.inputOf(number));
    return run?.reader.entityLabel(row) ?? 'entity';
  }

  progressOf(): Progress {
    return {
      bytes: (count) => this.progress.bytes(count),
      flawed: (place, flaw) => this.problems.add(place, flaw),
    };
  }

  /** Called between two batches: reports progress, stops if asked to, and gives way to the rest of the process. */
  async betweenBatches(items: number): Promise<void> {
    this.progress.items(items);
    this.options.signal?.throwIfAborted();
    if (this.slice.isOver) await this.slice.giveWay();
  }
}

/** Adds up what has been read, and reports it. */
export class ProgressReporter {
  private read = 0;
  private done = 0;

  constructor(
    private readonly options: ImportOptions,
    private readonly total: number | undefined,
  ) {}

  bytes(count: number): void {
    // Every input is read twice: once for its entities, once for its relationships.
    this.read += count / 2;
  }

  items(count: number): void {
    this.done += count;
    const total = this.total === undefined ? {} : { total: this.total };
    this.options.onProgress?.({ read: Math.round(this.read), items: this.done, ...total });
  }
}
