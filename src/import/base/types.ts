import type { Findings } from '../../model/aftermath.js';
import type { Actor, AuditFact } from '../../model/audit.js';
import type { When } from '../../model/clock.js';
import type { Problem } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';

export interface ImportOptions {
  /** Let a snapshot end more than half of what was live of its source. */
  readonly force?: boolean;
  /** What becomes of a relationship with an end nobody knows: the import is refused (default), or it is left out. */
  readonly dangling?: 'refuse' | 'skip';
  readonly actor: Actor;
  readonly reason?: string;
  /** The time of the commit, or the clock that tells it when the commit is made: an import takes a while. */
  readonly now: When;
  /** Refuse with CONFLICT when the head is another one. */
  readonly expectedRevision?: Revision;
  /** Hears that it asks to be the one writer, and then, perhaps much later, that it is. */
  readonly onTurn?: (turn: 'asked' | 'given') => void;
  /** Hears from time to time how far it is. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Gives up, with the signal's reason; nothing is written then. */
  readonly signal?: AbortSignal;
  /** Who is to know what the import finds of what cases have ended. Left out: nobody looks. */
  readonly aftermath?: Aftermath;
}

/** Who keeps cases, as far as an import has to know: what an import finds is recorded in its own commit. */
export interface Aftermath {
  /** Whether any case has been executed. Asked once: if none has, the import looks for nothing. */
  watches(): Promise<boolean>;
  /** The case that ended tokens of a family, for each of these families of one source; null: none did. */
  endedFamilies(source: string, families: readonly string[]): Promise<(string | null)[]>;
  /** What is to be committed with the import. Called where something was found, when all else is written. */
  conclude(findings: Findings, draft: Draft, actor: Actor): Promise<Conclusion>;
}

/** What is committed with an import because of what it found. */
export interface Conclusion {
  readonly facts: readonly AuditFact[];
  readonly documents: readonly DocumentWrite[];
}

export interface ImportProgress {
  /** Bytes read; an input is read twice, and each time counts half. */
  readonly read: number;
  /** Bytes of all inputs, where every one of them tells. */
  readonly total?: number;
  /** Entities and relationships looked at. */
  readonly items: number;
}

/** How many items came to what: entities and relationships together. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly ended: number;
  readonly unchanged: number;
}

export interface ImportResult extends Counts {
  /** The revision in which it can be seen; that of before, where nothing changed. */
  readonly revision: Revision;
  /** Relationships left out because an end is not known (`dangling: skip`). */
  readonly skipped: readonly Problem[];
  /** Sources that had been read later than their snapshot says: of what both readings say, the later one stands. */
  readonly overtaken: readonly string[];
}

/** What an item came to. */
export type Outcome = keyof Counts;
