import type { CaseAction } from '../case/case-action.js';
import { actOnValue } from './act-on-value.js';
import { ask, intend, record } from './asking.js';
import { orderOf } from './order-of.js';
import { ownRecord } from './own-record.js';
import type { Run } from './run.js';
import { isIssuedToWrite } from './value-group.js';

/**
 * Does one action: asks its source to do it, and records the answer together with the changes of the graph. The
 * intent is recorded once, before the source is asked: after a crash the same request is made again under the same
 * key.
 */
export async function act(run: Run, action: CaseAction): Promise<void> {
  const { caseContext } = run;
  if (action.action.kind === 'SET_HUMAN_STATUS')
    return record(run, action, await ownRecord(caseContext, action));
  const order = await orderOf(caseContext, action);
  const actuator = caseContext.actuators.of(order.source);
  if (actuator.handsValues === true && (isIssuedToWrite(action) || action.action.kind === 'WRITE_SECRET'))
    return actOnValue(run, action);
  if (actuator.reachesOut && action.requestedAt === null && !(await intend(run, action))) return;
  await record(run, action, await ask(run, (until) => actuator.act(order, until)));
}
