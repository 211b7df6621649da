import type { Actor } from '../../model/audit.js';
import { TendrilError } from '../../model/errors.js';
import type { CascadeOptions, CascadeResult } from '../../offboarding/case/cascade/request-cascade.js';
import type { CaseContext } from '../../offboarding/case-context.js';
import { executeOffboarding } from '../../offboarding/execute/execute.js';
import { confirm } from '../confirm.js';
import { type Context, printJson, printLines } from '../context.js';
import { payloadJson, previewJson } from '../json/case.js';
import { carryOut } from '../offboard/carry-out.js';
import { viewOfPlan } from '../offboard/case-view.js';
import { actorOf, MAY, shortId } from '../offboard/desk.js';
import { showEnding } from '../offboard/ending.js';
import { countLine } from '../offboard/plan-report.js';
import { counted } from '../offboard/words.js';
import { type Session, withSession } from '../session.js';
import { previewReport } from './preview.js';

/** What every command about one thing is told. */
export interface OneOptions {
  readonly reason: string;
  readonly dryRun?: true;
  readonly expectedHash?: string;
  readonly allowBreaking?: true;
  readonly yes?: true;
}

/** One of the use cases about one thing, told which. */
export interface Use {
  /** The mutation that does the same, and what it is told of the thing. */
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly begin: (caseContext: CaseContext, actor: Actor, asking: CascadeOptions) => Promise<CascadeResult>;
}

/**
 * Does one thing so that somebody on call dares to: shows what would be done, asks, and then does exactly that.
 *
 * @throws WOULD_BREAK with the workloads, PLAN_STALE where it is another thing by now, and what the use case throws
 */
export async function doOne(context: Context, options: OneOptions, { begin, ...asked }: Use): Promise<void> {
  const as = options.dryRun === true ? [...MAY.operate, ...MAY.plan] : MAY.operate;
  await withSession(context, { as }, async (session) => {
    const actor = actorOf(session);
    const { reason } = options;
    const expected = options.expectedHash === undefined ? {} : { expectedHash: options.expectedHash };
    const seen = await begin(session.caseContext, actor, { reason, dryRun: true, ...expected });
    const preview = context.json
      ? await previewJson(session, asked.mutation, { ...asked.input, reason, ...expected })
      : {};
    if (options.dryRun === true) return show(context, session, seen, preview);
    const allowBreaking = options.allowBreaking === true;
    if (!context.json) await show(context, session, seen, preview);
    if (seen.breaks.length > 0 && !allowBreaking) throw wouldBreak(seen.breaks);
    await confirm(context, question(await viewOfPlan(session, seen.plan), seen), {
      yes: options.yes === true,
      how: '--yes (and --expected-hash with the hash of the preview)',
    });
    // What was looked at is what is done: if it is another thing by now, nothing is.
    const done = await begin(session.caseContext, actor, { reason, expectedHash: seen.hash, allowBreaking });
    await goOn(context, session, done, preview);
  });
}

const question = (view: Parameters<typeof countLine>[0], { breaks }: CascadeResult): string =>
  `${countLine(view)}${breaks.length === 0 ? '' : ` It stops ${counted(breaks.length, 'workload')}.`} Go on`;

/** For machines, what the mutation would answer. */
type Preview = Readonly<Record<string, unknown>>;

async function show(
  context: Context,
  session: Session,
  seen: CascadeResult,
  preview: Preview,
): Promise<void> {
  if (context.json) return printJson(context, preview);
  printLines(context, previewReport(await viewOfPlan(session, seen.plan), seen, context.terminal));
}

/** Carries the new case out, or says who has to approve it. */
async function goOn(
  context: Context,
  session: Session,
  done: CascadeResult,
  preview: Preview,
): Promise<void> {
  const one = done.case!;
  if (!done.needsApproval) {
    const asked = { offboarding: one.id, planHash: one.planHash };
    await executeOffboarding(session.caseContext, actorOf(session), asked);
    const ended = await carryOut(context, session, one.id);
    if (!context.json) return showEnding(context, session, ended);
    if (ended.state === 'INCOMPLETE') context.exitCode = 1;
  }
  if (context.json) return printJson(context, { ...preview, ...(await payloadJson(session, one.id)) });
  printLines(context, [
    '',
    `Case ${one.id}, ${one.state}: it breaks a workload or touches a critical one, so somebody else has to approve it.`,
    `Next: tendril offboard approve ${shortId(one)} --reason "…"`,
    `      tendril offboard execute ${shortId(one)} --plan-hash ${one.planHash}`,
  ]);
}

function wouldBreak(workloads: readonly string[]): TendrilError {
  const shown = `${workloads.slice(0, 5).join(', ')}${workloads.length > 5 ? ', …' : ''}`;
  const message =
    `${shown} would stop. Re-home them first (\`tendril rehome\`), or ask again with --allow-breaking: ` +
    'then somebody else has to approve it.';
  return new TendrilError('WOULD_BREAK', message, { workloads });
}
