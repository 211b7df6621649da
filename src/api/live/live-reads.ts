import type { AuditEvent } from '../../model/audit.js';
import type { Head, Revision } from '../../model/revision.js';
import type { Case } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import { actionsOf, requireCase } from '../../offboarding/case/case-documents.js';
import type { Store } from '../../store/store.js';
import { Onward } from './onward.js';
import { Shared } from './shared.js';

/** How many entities and relationships changed; null: more than were counted. */
export interface ChangeCounts {
  readonly entities: number | null;
  readonly relationships: number | null;
}

/** A case and its actions, in their present states. */
export interface CaseNow {
  readonly offboarding: Case;
  readonly actions: readonly CaseAction[];
}

/** Rows after which changes are no longer counted: a large import is not read a second time for a number. */
const MOST_COUNTED = 100_000;

/** The most audit events that are read at one time, and so the most that wait for a subscriber. */
export const EVENTS_AT_ONCE = 100;

/**
 * The reads behind subscriptions. They go by revision, so that it does not matter which process wrote it, and all
 * subscribers that read at the same revision share one read.
 */
export class LiveReads {
  private readonly heads = new Shared<Head>();
  private readonly counts = new Shared<ChangeCounts>();
  private readonly events = new Shared<readonly AuditEvent[]>();
  private readonly cases = new Onward<CaseNow>(64);

  constructor(private readonly store: Store) {}

  /** The head, which has reached at least `revision`. */
  head(revision: Revision): Promise<Head> {
    return this.heads.get(`${revision}`, () => this.store.head());
  }

  /** How much changed after one revision, up to another. */
  changes(since: Revision, until: Revision): Promise<ChangeCounts> {
    return this.counts.get(`${since} ${until}`, async () => {
      let [entities, relationships] = [0, 0];
      for await (const rows of this.store.scan(since, until)) {
        entities += rows.entities.count;
        relationships += rows.relationships.count;
        if (entities + relationships > MOST_COUNTED) return { entities: null, relationships: null };
      }
      return { entities, relationships };
    });
  }

  /** The `seq` of the last audit event; 0 where there is none. */
  async lastEvent(): Promise<number> {
    return (await this.store.journal.auditHead())?.seq ?? 0;
  }

  /** A page of the audit events after a `seq`, as they are at `revision`. */
  eventsAfter(seq: number, revision: Revision): Promise<readonly AuditEvent[]> {
    return this.events.get(`${seq} ${revision}`, () =>
      this.store.journal.auditEvents({ after: seq, limit: EVENTS_AT_ONCE }),
    );
  }

  /**
   * A case as it is at `revision` or later, and never older than the last answer.
   *
   * @throws NOT_FOUND
   */
  caseAt(id: string, revision: Revision): Promise<CaseNow> {
    return this.cases.get(id, revision, () => this.caseNow(id));
  }

  private async caseNow(id: string): Promise<CaseNow> {
    const { journal } = this.store;
    // The case is read first: if it has ended, its actions no longer change.
    const offboarding = await requireCase(journal, id);
    return { offboarding, actions: await actionsOf(journal, id) };
  }
}
