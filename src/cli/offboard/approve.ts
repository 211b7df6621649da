import { TendrilError } from '../../model/errors.js';
import { approvePlan, isAuthor } from '../../offboarding/case/approve-plan.js';
import type { Case } from '../../offboarding/case/case.js';
import { confirm } from '../confirm.js';
import { type Context, printLines } from '../context.js';
import type { Session } from '../session.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';
import { actorOf, findCase, shortId } from './desk.js';
import { countLine } from './plan-report.js';
import { showChanged } from './show.js';
import { counted } from './words.js';

/** How a plan is approved from a command line. */
export interface Approval {
  readonly planHash?: string;
  readonly reason: string;
  readonly yes?: true;
}

/**
 * Approves the plan of a case, after whoever sits at the terminal has seen it and said yes.
 *
 * @throws SELF_APPROVAL, which says how somebody else does it; and as `approvePlan`
 */
export async function approve(
  context: Context,
  session: Session,
  words: string,
  asked: Approval,
): Promise<void> {
  const seen = await findCase(session, words);
  const planHash = asked.planHash ?? seen.planHash;
  const yes = asked.yes === true || asked.planHash !== undefined;
  // Who may not approve is told so before they read the whole plan.
  if (!yes && seen.state === 'IN_REVIEW' && !isAuthor(seen, session.viewer))
    await ask(context, session, seen);
  const one = await approved(session, seen, { planHash, reason: asked.reason });
  if (context.json) return showChanged(context, session, one);
  printLines(context, [
    `Approved the plan ${one.planHash} of the case ${one.id}.`,
    `Next: tendril offboard execute ${shortId(one)} --plan-hash ${one.planHash}`,
  ]);
}

async function ask(context: Context, session: Session, seen: Case): Promise<void> {
  const view = await viewOfCase(session, seen);
  if (process.stdin.isTTY && context.watched && !context.json)
    printLines(context, caseReport(view, context.terminal, false));
  const { accepted } = view.plan.body;
  const breaks =
    accepted.length === 0 ? '' : ` It breaks ${counted(accepted.length, 'workload')} that go on.`;
  await confirm(context, `${countLine(view)}${breaks} Approve`, {
    yes: false,
    how: `--plan-hash ${seen.planHash}, or --yes`,
  });
}

async function approved(
  session: Session,
  seen: Case,
  asked: { readonly planHash: string; readonly reason: string },
): Promise<Case> {
  try {
    return await approvePlan(session.caseContext, actorOf(session), { offboarding: seen.id, ...asked });
  } catch (error) {
    if (!(error instanceof TendrilError) || error.code !== 'SELF_APPROVAL') throw error;
    const how =
      `${error.message} On a command line, that is somebody whose token is in TENDRIL_TOKEN ` +
      '(and in the file that TENDRIL_TOKENS names), with the role APPROVER.';
    throw new TendrilError('SELF_APPROVAL', how, error.details);
  }
}
