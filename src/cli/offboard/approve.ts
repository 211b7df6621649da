import type { Client } from '../../client/client.js';
import { ApprovePlanDocument, type ApprovePlanMutation } from '../../documents/generated/graphql.js';
import { TendrilError } from '../../model/errors.js';
import { notKnown } from '../../model/unknown.js';
import { confirm } from '../confirm.js';
import { type Context, printLines } from '../context.js';
import { unknownOf } from '../unknown.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';
import { type FoundCase, findCase, shortId } from './find-case.js';
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
 * @throws SELF_APPROVAL, which says how somebody else does it; and as the mutation
 */
export async function approve(
  context: Context,
  client: Client,
  words: string,
  asked: Approval,
): Promise<void> {
  const seen = await findCase(client, words);
  const planHash = asked.planHash ?? seen.planHash;
  const yes = asked.yes === true || asked.planHash !== undefined;
  // Who may not approve is told so before they read the whole plan.
  const may = seen.next.some(({ kind, viewerMay }) => kind === 'APPROVE' && viewerMay);
  if (!yes && may) await ask(context, client, seen);
  const approved = await approvedBy(client, { offboarding: seen.id, planHash, reason: asked.reason });
  if (context.json) return showChanged(context, client, approved);
  const { id, planHash: hash } = approved.offboarding;
  const unknown = notKnown(unknownOf(approved.offboarding));
  printLines(context, [
    `Approved the plan ${hash} of the case ${id}.`,
    ...(unknown === '' ? [] : [`${unknown} The approval records it.`]),
    `Next: tendril offboard execute ${shortId(id)} --plan-hash ${hash}`,
  ]);
}

async function ask(context: Context, client: Client, seen: FoundCase): Promise<void> {
  const view = await viewOfCase(client, seen.id);
  if (process.stdin.isTTY && context.watched && !context.json)
    printLines(context, caseReport(view, context.terminal, false));
  const { accepted } = view.outlook;
  const breaks =
    accepted.length === 0 ? '' : ` It breaks ${counted(accepted.length, 'workload')} that go on.`;
  const unknown = notKnown(view.unknown);
  const said = `${countLine(view)}${breaks}${unknown === '' ? '' : ` ${unknown}`}`;
  await confirm(context, `${said} Approve`, {
    yes: false,
    how: `--plan-hash ${seen.planHash}, or --yes`,
  });
}

async function approvedBy(
  client: Client,
  input: { readonly offboarding: string; readonly planHash: string; readonly reason: string },
): Promise<ApprovePlanMutation['approvePlan']> {
  try {
    return (await client.execute(ApprovePlanDocument, { input })).approvePlan;
  } catch (error) {
    if (!(error instanceof TendrilError) || error.code !== 'SELF_APPROVAL') throw error;
    const how =
      `${error.message} On a command line, that is somebody whose token is in TENDRIL_TOKEN ` +
      '(and, on a local store, in the file that TENDRIL_TOKENS names), with the role APPROVER.';
    throw new TendrilError('SELF_APPROVAL', how, error.details);
  }
}
