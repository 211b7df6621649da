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

/** A case and its actions, as they stand. */
export interface CaseNow {
  readonly offboarding: Case;
  readonly actions: readonly CaseAction[];
}

/** Rows after which changes are no longer counted: a large import is not read a second time for a number. */
const MOST_COUNTED = 100_000;

/** Audit events read at one time: so many wait, at most, for a subscriber to take them. */
export const EVENTS_AT_ONCE = 100;

/**
 * What subscribers are told, read of the store: by revision, so that it does not matter which process wrote it, and
 * once for all who ask at the same revision.
 */
export class LiveReads {
  private readonly heads = new Shared<Head>();
  private readonly counts = new Shared<ChangeCounts>();
  private readonly events = new Shared<readonly AuditEvent[]>();
  private readonly cases = new Onward<CaseNow>(64);

  constructor(private readonly store: Store) {}

  /** The head, which is at `revision` by now or later. */
  head(revision: Revision): Promise<Head> {
    return this.heads.get(`${revision}`, () => this.store.head());
  }

  /** What changed after one state until another. */
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

  /** Place of the last audit event; 0 before the first. */
  async lastEvent(): Promise<number> {
    return (await this.store.journal.auditHead())?.seq ?? 0;
  }

  /** A page of the audit events after a place, known at `revision`. */
  eventsAfter(seq: number, revision: Revision): Promise<readonly AuditEvent[]> {
    return this.events.get(`${seq} ${revision}`, () =>
      this.store.journal.auditEvents({ after: seq, limit: EVENTS_AT_ONCE }),
    );
  }

  /**
   * A case as it is at `revision` or later, and never as it was before what was given last.
   *
   * @throws NOT_FOUND
   */
  caseAt(id: string, revision: Revision): Promise<CaseNow> {
    return this.cases.get(id, revision, () => this.caseNow(id));
  }

  private async caseNow(id: string): Promise<CaseNow> {
    const { journal } = this.store;
    // The case is read first: where it had ended, what its actions are afterwards is how they stay.
    const offboarding = await requireCase(journal, id);
    return { offboarding, actions: await actionsOf(journal, id) };
  }
}
