import { Answering } from '../../graph/answering.js';
import { onceAView } from '../../graph/once-a-view.js';
import { unowned } from '../../graph/ownership.js';
import { ANSWERED_FOR } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { Moment } from '../moment.js';

/** Live things that nobody live answers for, in order of id; where the graph is in memory, found once a state. */
export async function unownedAt(moment: Moment): Promise<readonly number[]> {
  const whole = await moment.whole();
  if (whole !== null) return moment.services.unowned.get(whole.revision, () => unowned(whole));
  const answering = onceAView((view) => new Answering(view));
  const found: number[] = [];
  for await (const page of eachPageOf(moment, { kinds: ANSWERED_FOR, live: true })) {
    const numbers = page.map(({ number }) => number);
    found.push(...(await moment.ask((view) => numbers.filter((one) => !answering(view).for(one)))));
  }
  return found;
}
