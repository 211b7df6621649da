import type { Client } from '../../client/client.js';
import type {
  OffboardingKind,
  OffboardingState,
  ShownCascadeFragment,
} from '../../documents/generated/graphql.js';
import { TendrilError } from '../../model/errors.js';
import { notKnown } from '../../model/unknown.js';
import { confirm } from '../confirm.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';
import { carryOut } from '../offboard/carry-out.js';
import { endingJson, showEnding } from '../offboard/ending.js';
import { shortId } from '../offboard/find-case.js';
import { countLine } from '../offboard/plan-report.js';
import { counted } from '../offboard/words.js';
import type { Seen } from '../unknown.js';
import { UsageError } from '../usage-error.js';
import { previewReport } from './preview.js';
import { viewOfCascade } from './view.js';

/** What every command about one thing is told. */
export interface OneOptions {
  /** Left out: it is only a preview. */
  readonly reason?: string;
  readonly dryRun?: true;
  readonly expectedHash?: string;
  readonly allowBreaking?: true;
  readonly yes?: true;
}

/** What every mutation about one thing is told, whatever it is, and what of its preview is asked for. */
export interface AskedOne {
  readonly input: {
    readonly reason: string;
    readonly dryRun?: boolean;
    readonly expectedHash?: string;
    readonly allowBreaking?: boolean;
  };
  readonly whole: boolean;
  readonly shown: boolean;
}

/** What a mutation about one thing answers. */
export interface OneAnswer {
  readonly revision: string;
  readonly cascade: { readonly viewerMay: boolean };
  readonly offboarding: {
    readonly id: string;
    readonly state: OffboardingState;
    readonly planHash: string;
  } | null;
}

/** One of the mutations about one thing, told which. */
export interface Use {
  readonly kind: OffboardingKind;
  readonly run: (client: Client, asked: AskedOne) => Promise<OneAnswer>;
}

/** What is always asked for of a preview. */
type Preview = Pick<ShownCascadeFragment, 'hash' | 'needsApproval'> & {
  readonly breaks: readonly { readonly id: string }[];
  readonly viewerMay: boolean;
} & Seen;

/**
 * Does one thing so that somebody on call dares to: shows what would be done, asks, and then does exactly that.
 *
 * @throws FORBIDDEN, WOULD_BREAK with the workloads, PLAN_STALE where it is another thing by now, and what the mutation throws
 */
export async function doOne(context: Context, options: OneOptions, use: Use): Promise<void> {
  const reason = reasonOf(options);
  await connect(context, async (client) => {
    const { expectedHash } = options;
    const expected = expectedHash === undefined ? {} : { expectedHash };
    const seen = await use.run(client, {
      input: { reason, dryRun: true, ...expected },
      whole: context.json,
      shown: !context.json,
    });
    const preview = seen.cascade as Preview;
    if (options.dryRun === true) return show(context, use, seen);
    // What was looked at is what is done: if it is another thing by now, nothing is.
    const go = { reason, expectedHash: preview.hash, ...(options.allowBreaking && { allowBreaking: true }) };
    // Who may only look is refused before they read what they may not have done; the mutation is not sent.
    if (!preview.viewerMay) throw forbidden();
    if (!context.json) show(context, use, seen);
    if (preview.breaks.length > 0 && options.allowBreaking !== true) throw wouldBreak(preview.breaks);
    await confirm(context, context.json ? 'Go on' : questionOf(use, seen), {
      yes: options.yes === true,
      how: '--yes (and --expected-hash with the hash of the preview)',
    });
    await goOn(context, client, seen, await use.run(client, { input: go, whole: false, shown: false }));
  });
}

/** A preview writes nothing, so that it needs no reason. @throws UsageError where something is to be done without one */
function reasonOf({ reason, dryRun }: OneOptions): string {
  if (reason !== undefined) return reason;
  if (dryRun === true) return 'preview';
  throw new UsageError('Say why with --reason "…", for the audit log; only --dry-run needs no reason.');
}

function questionOf({ kind }: Use, { cascade }: OneAnswer): string {
  const shown = cascade as unknown as ShownCascadeFragment;
  const stops = shown.breaks.length === 0 ? '' : ` It stops ${counted(shown.breaks.length, 'workload')}.`;
  const view = viewOfCascade(kind, shown, cascade as Preview);
  const unknown = notKnown(view.unknown);
  return `${countLine(view)}${stops}${unknown === '' ? '' : ` ${unknown}`} Go on`;
}

function show(context: Context, { kind }: Use, seen: OneAnswer): void {
  if (context.json) {
    printJson(context, previewJson(seen));
    return;
  }
  const shown = seen.cascade as unknown as ShownCascadeFragment;
  printLines(
    context,
    previewReport(viewOfCascade(kind, shown, seen.cascade as Preview), shown, context.terminal),
  );
}

/** What would be done, for machines. */
function previewJson({ revision, cascade: { viewerMay: _, ...cascade } }: OneAnswer): object {
  return { revision, cascade, offboarding: null };
}

/** Sees the new case through, or says who has to approve it. */
async function goOn(context: Context, client: Client, seen: OneAnswer, done: OneAnswer): Promise<void> {
  const { id, state, planHash } = done.offboarding!;
  const waits = (done.cascade as Preview).needsApproval;
  if (!waits) {
    await carryOut(context, client, id);
    if (!context.json) return showEnding(context, client, id);
  }
  if (context.json)
    return printJson(context, { ...previewJson(seen), ...(await endingJson(context, client, id)) });
  printLines(context, [
    '',
    `Case ${id}, ${state}: it breaks a workload or touches a critical one, so somebody else has to approve it.`,
    `Next: tendril offboard approve ${shortId(id)} --reason "…"`,
    `      tendril offboard execute ${shortId(id)} --plan-hash ${planHash}`,
  ]);
}

/** What the API answers without `dryRun` to who may only preview. */
function forbidden(): TendrilError {
  const message =
    'Without `--dry-run` it is for the roles OPERATOR, ADMIN. Ask somebody who has one of them.';
  return new TendrilError('FORBIDDEN', message);
}

function wouldBreak(breaks: Preview['breaks']): TendrilError {
  const workloads = breaks.map(({ id }) => id);
  const shown = `${workloads.slice(0, 5).join(', ')}${workloads.length > 5 ? ', …' : ''}`;
  const message =
    `${shown} would stop. Re-home them first (\`tendril rehome\`), or ask again with --allow-breaking: ` +
    'then somebody else has to approve it.';
  return new TendrilError('WOULD_BREAK', message, { workloads });
}
