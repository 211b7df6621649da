import { EXIT } from '../../main/exit-codes.js';
import { conflict } from '../../model/errors.js';
import type { Case } from '../../offboarding/case/case.js';
import { actionsOf, planOf } from '../../offboarding/case/case-documents.js';
import { verifyCase } from '../../offboarding/verify/verify-case.js';
import { type Context, printJson, printLines } from '../context.js';
import { renderLine } from '../output.js';
import type { Session } from '../session.js';
import { next, titleOf } from './case-report.js';
import { namesOf, viewOfPlan } from './case-view.js';
import { shortId } from './desk.js';
import { verificationReport } from './verification-report.js';

/**
 * Asks now what phase 7 asks, and writes nothing: whoever looks changes nothing by it.
 *
 * @throws CONFLICT for a case that was not carried out
 */
export async function verify(context: Context, session: Session, one: Case): Promise<void> {
  const { caseContext, store } = session;
  if (one.executed === null || one.state === 'CANCELLED') {
    const then =
      one.state === 'CANCELLED'
        ? 'It was cancelled.'
        : `\`tendril offboard show ${shortId(one)}\` says what it waits for.`;
    throw conflict(`The case ${one.id} is ${one.state}, so there is nothing to verify. ${then}`, {
      state: one.state,
    });
  }
  const plan = await planOf(store.journal, one);
  const found = await verifyCase(caseContext, one, plan, await actionsOf(store.journal, one.id));
  const { verification, isVerified, because } = found;
  if (!isVerified || one.state !== 'VERIFIED') context.exitCode = EXIT.refused;
  if (context.json) {
    const { state, id, assurance } = one;
    return printJson(context, {
      id,
      state,
      verified: isVerified,
      assurance,
      ...verification,
      revision: String(verification.revision),
    });
  }
  const view = await viewOfPlan(session, plan);
  const about = verification.checks.flatMap(({ against }) => against);
  const left = verification.residual.flatMap(({ entity, path }) => [
    entity,
    ...path.flatMap(({ from, to }) => [from, to]),
  ]);
  const named = await namesOf(session, [...about, ...left]);
  const assurance = one.assurance === null ? '' : ` Assurance: ${one.assurance}, the weakest proof of all.`;
  printLines(context, [
    ...titleOf(view).map((line) => renderLine(line, context.terminal)),
    `Case ${one.id}, ${one.state}.${assurance}`,
    '',
    ...verificationReport(verification, named, context.terminal),
    '',
    isVerified ? 'Verified now: all invariants hold, and nothing is open.' : `Not verified now: ${because}`,
    ...(isVerified && one.state === 'VERIFIED' ? [] : next([`tendril offboard resume ${shortId(one)}`])),
  ]);
}
