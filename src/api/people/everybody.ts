import { type ExposureSummary, exposureSummaries } from '../../graph/people.js';
import { STATUSES } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { Moment } from '../moment.js';

/** How many people one question is about where the graph is in the store: they share much of what is read. */
const AT_ONCE = 100;

/** The exposure of everybody in numbers. @throws LIMIT_EXCEEDED where that is too much to read from the store */
export async function everybody(moment: Moment): Promise<readonly ExposureSummary[]> {
  const whole = await moment.whole();
  return whole === null ? oneByOne(moment, {}) : moment.services.people.summaries(whole);
}

/** The same of those who left: no other status of a human is dead. */
export async function peopleWhoLeft(moment: Moment): Promise<readonly ExposureSummary[]> {
  const whole = await moment.whole();
  if (whole === null) return oneByOne(moment, { statuses: [STATUSES.Human.ended] });
  const all = await moment.services.people.summaries(whole);
  return all.filter(({ human }) => !whole.isLive(human));
}

async function oneByOne(
  moment: Moment,
  conditions: { readonly statuses?: readonly string[] },
): Promise<ExposureSummary[]> {
  const found: ExposureSummary[] = [];
  for await (const page of eachPageOf(moment, { kinds: ['Human'], ...conditions })) {
    for (let at = 0; at < page.length; at += AT_ONCE) {
      const humans = page.slice(at, at + AT_ONCE).map(({ number }) => number);
      found.push(...(await moment.ask((view) => [...exposureSummaries(view, humans)])));
    }
  }
  return found;
}
