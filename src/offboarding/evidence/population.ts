import type { EntityRecord } from '../../model/entity.js';
import { formatTime, type Millis } from '../../model/time.js';
import { MAX_PAGE } from '../../store/queries.js';
import { casesById, newestCasesOf } from '../case/case-documents.js';
import { endOfLastWorkingDay } from '../case/last-working-day.js';
import type { CaseContext } from '../case-context.js';

/** The period in which people left, in milliseconds, both ends included. */
export interface PopulationPeriod {
  readonly since: Millis;
  readonly until: Millis;
}

/** The default length of the period of a population, in milliseconds: a quarter. */
const QUARTER: Millis = 92 * 24 * 3_600_000;

/** The period of a population: the one that was asked for, by default the quarter until now. */
export function periodOf(asked: Partial<PopulationPeriod>, now: Millis): PopulationPeriod {
  const until = asked.until ?? now;
  return { since: asked.since ?? until - QUARTER, until };
}

/** A person who left, and their case. */
export interface Leaver {
  readonly human: string;
  readonly name: string;
  /** ISO 8601. */
  readonly leftAt: string;
  /** null where there is no case. */
  readonly case: string | null;
  readonly state: string | null;
}

/** Everybody who left in a period, with their cases, so that an auditor can choose a sample. */
export interface Population {
  /** ISO 8601. */
  readonly since: string;
  readonly until: string;
  readonly leavers: readonly Leaver[];
  readonly withoutCase: number;
}

/** The people who left in a period: by the time in their case, else the last working day, else the last report. */
export async function populationOf(
  { store, clock }: CaseContext,
  { since, until }: PopulationPeriod,
): Promise<Population> {
  const { revision } = await store.head();
  const query = {
    kinds: ['Human'],
    statuses: ['LEFT'],
    now: clock.now(),
    order: { field: 'ID', direction: 'ASC' },
    limit: MAX_PAGE,
  } as const;
  const leavers: Leaver[] = [];
  let page = await store.list(query, revision);
  for (;;) {
    const gone = page.entities.filter((human) => leftAt(human) >= since && leftAt(human) <= until);
    const cases = new Map(
      (
        await casesById(
          store.journal,
          await newestCasesOf(
            store.journal,
            gone.map(({ id }) => id),
          ),
        )
      ).flatMap((offboarding) =>
        offboarding?.input.human == null ? [] : [[offboarding.input.human, offboarding] as const],
      ),
    );
    for (const human of gone) {
      const offboarding = cases.get(human.id);
      const { id, name } = human;
      leavers.push({
        human: id,
        name,
        leftAt: formatTime(leftAt(human)),
        case: offboarding?.id ?? null,
        state: offboarding?.state ?? null,
      });
    }
    const after = page.places.at(-1);
    if (!page.hasNext || after === undefined) break;
    page = await store.list({ ...query, after }, revision);
  }
  const withoutCase = leavers.filter((leaver) => leaver.case === null).length;
  return { since: formatTime(since), until: formatTime(until), leavers, withoutCase };
}

function leftAt({ overlay, properties, claim }: EntityRecord): Millis {
  const { lastWorkingDay, timeZone } = properties;
  if (typeof lastWorkingDay === 'number') return lastWorkingDay;
  const end = typeof lastWorkingDay === 'string' ? endOfLastWorkingDay(lastWorkingDay, timeZone) : null;
  return end ?? overlay?.at ?? claim.reportedAt;
}
