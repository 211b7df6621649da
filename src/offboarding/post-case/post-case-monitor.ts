import type { Actor, AuditFact } from '../../model/audit.js';
import type { Clock, ClockKind } from '../../model/clock.js';
import type { Findings } from '../../model/findings.js';
import { formatTime } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Store } from '../../store/store.js';
import type { Case } from '../case/case.js';
import { isOfAnotherClock } from '../case/case-clock.js';
import { casesById, hasCases } from '../case/case-documents.js';
import { isUnderWay } from '../case/case-states.js';
import { ENDED_FAMILIES, familyKey } from '../verify/ended-families.js';
import { type Attention, attentionDocument } from './attention.js';
import { attentionOf } from './found.js';
import { withoutExpected } from './rehired.js';
import { reopenCases } from './reopen-cases.js';

/** What an import calls so that cases are monitored after their end; `PostCaseMonitor` of the import says when. */
export interface PostCaseMonitor {
  watches(): Promise<boolean>;
  endedFamilies(source: string, families: readonly string[]): Promise<(string | null)[]>;
  conclude(
    findings: Findings,
    draft: Draft,
    actor: Actor,
  ): Promise<{ readonly facts: readonly AuditFact[]; readonly documents: readonly DocumentWrite[] }>;
}

/** Monitors cases after their end, by what imports find (semantics, section 5, *After the case*). */
export function openPostCaseMonitor(given: {
  readonly store: Store;
  readonly clock: Clock;
  readonly clockKind: ClockKind;
}): PostCaseMonitor {
  const { store, clock, clockKind } = given;
  const { journal } = store;
  return {
    watches: () => hasCases(journal),
    async endedFamilies(source, families) {
      const keys = families.map((family) => familyKey(source, family));
      const found = await journal.documents(ENDED_FAMILIES, keys);
      return found.map((document) => (typeof document?.body.case === 'string' ? document.body.case : null));
    },
    async conclude(found, draft, actor) {
      const since = formatTime(clock.now());
      const known = await casesOf(store, found);
      const findings = await withoutExpected(found, known, draft);
      const entries = (await attentionOf(findings, draft, since)).filter((entry) => counts(entry, known));
      // A case of another kind of clock is left as it is; the attention list has what was found all the same.
      const ours = new Map([...known].filter(([, found]) => !isOfAnotherClock({ clockKind }, found)));
      const reopened = await reopenCases(journal, entries, ours, actor, since);
      return {
        facts: [...entries.map((entry) => factOf(entry, actor)), ...reopened.facts],
        documents: [...entries.map(attentionDocument), ...reopened.documents],
      };
    },
  };
}

async function casesOf(
  { journal }: Store,
  { revived, reopened, late }: Findings,
): Promise<ReadonlyMap<string, Case>> {
  const ids = [...new Set([...revived, ...reopened, ...late].flatMap((finding) => finding.case ?? []))];
  const cases = await casesById(journal, ids);
  return new Map(
    cases.flatMap((offboarding) => (offboarding === undefined ? [] : [[offboarding.id, offboarding]])),
  );
}

/** Whether a finding counts. A late finding of a case that still runs is left to the sweep of that case. */
function counts({ kind, case: id }: Attention, known: ReadonlyMap<string, Case>): boolean {
  const offboarding = id === null ? undefined : known.get(id);
  return kind !== 'LATE_FINDING' || offboarding === undefined || !isUnderWay(offboarding);
}

/** Types of the events of what imports found. */
const EVENTS: Partial<Record<Attention['kind'], string>> = {
  RESURRECTED: 'RESURRECTED',
  LATE_FINDING: 'LATE_FINDING',
  REHIRE: 'REHIRED',
};

function factOf({ kind, entity, case: id, why, relationship }: Attention, actor: Actor): AuditFact {
  return {
    type: EVENTS[kind] ?? kind,
    actor,
    reason: why,
    case: id,
    entity,
    before: null,
    after: relationship === null ? { live: true } : { relationship: { ...relationship } },
  };
}
