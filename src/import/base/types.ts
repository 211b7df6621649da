import type { Actor, AuditFact } from '../../model/audit.js';
import type { When } from '../../model/clock.js';
import type { Problem } from '../../model/errors.js';
import type { Findings } from '../../model/findings.js';
import type { Revision } from '../../model/revision.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';

export interface ImportOptions {
  /** Let a snapshot end more than half of what was live of its source. */
  readonly force?: boolean;
  /** What happens to a relationship with an unknown end: the import is refused (default), or it is left out. */
  readonly dangling?: 'refuse' | 'skip';
  readonly actor: Actor;
  readonly reason?: string;
  /** The time of the commit, or a clock that is read when the commit is made, because an import may take long. */
  readonly now: When;
  /** Refuse with CONFLICT when the head is another one. */
  readonly expectedRevision?: Revision;
  /** Is called when the import asks to be the one writer of the store, and again, perhaps much later, when it is. */
  readonly onTurn?: (turn: 'asked' | 'given') => void;
  /** Is called from time to time with the progress. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import with the signal's reason; nothing is written then. */
  readonly signal?: AbortSignal;
  /** Receives what the import shows about what cases have ended. Left out: the import does not look for it. */
  readonly postCaseMonitor?: PostCaseMonitor;
}

/** The port to the cases: what an import shows about what they have ended is recorded in the import's own commit. */
export interface PostCaseMonitor {
  /** Whether any case has been executed. It is called once: if none has, the import looks for nothing. */
  watches(): Promise<boolean>;
  /** For each of these token families of one source, the case that ended tokens of it; null where none did. */
  endedFamilies(source: string, families: readonly string[]): Promise<(string | null)[]>;
  /** What to commit with the import. It is called where there are findings, after everything else was written. */
  conclude(findings: Findings, draft: Draft, actor: Actor): Promise<Conclusion>;
  /** Called after an import was committed; it throws nothing. Left out: nobody waits for what imports show. */
  committed?(): Promise<void>;
}

/** What is committed with an import because of its findings. */
export interface Conclusion {
  readonly facts: readonly AuditFact[];
  readonly documents: readonly DocumentWrite[];
}

export interface ImportProgress {
  /** Bytes read. An input is read twice, and each time counts half. */
  readonly read: number;
  /** Bytes of all inputs, where the size of every one is known. */
  readonly total?: number;
  /** Entities and relationships handled. */
  readonly items: number;
}

/** How many items had each outcome, entities and relationships together. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  readonly unchanged: number;
}

export interface ImportResult extends Counts {
  /** The revision that has the import; where nothing changed, the revision before it. */
  readonly revision: Revision;
  /** Relationships that were left out because an end is unknown (`dangling: skip`). */
  readonly skipped: readonly Problem[];
  /** Sources of which the store had a later snapshot: where both say something of an item, the later one holds. */
  readonly overtaken: readonly string[];
}

/** The outcome of an item. */
export type Outcome = keyof Counts;
