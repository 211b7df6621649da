import type { Client } from '../../client/client.js';
import { NowDocument } from '../../documents/generated/graphql.js';
import { asFarAsKnown } from '../../model/unknown.js';
import { type Context, printJson, printLines } from '../context.js';
import { type Line, renderLine } from '../output.js';
import { clockLines, standingOf, titleOf } from './case-report.js';
import { type CaseView, viewOfCase } from './case-view.js';
import { changesOf } from './change.js';
import { nextCommands, nextLines } from './next-commands.js';
import { detailLines, SIMULATED, section } from './plan-report.js';
import { caseJson } from './show.js';
import { thing } from './thing.js';
import { toDoLines } from './to-do.js';
import { verificationReport } from './verification-report.js';
import { ACTION_WORDS, counted } from './words.js';

/** What a case came to when nobody carries it out any more; exits with 1 where it is INCOMPLETE. */
export async function showEnding(context: Context, client: Client, id: string): Promise<void> {
  if (context.json) return printJson(context, await endingJson(context, client, id));
  const view = await viewOfCase(client, id);
  if (view.case.state === 'INCOMPLETE') context.exitCode = 1;
  printLines(context, endingReport(view, context));
}

/** What a mutation would answer now, for machines: the newest state, and the case. */
export async function endingJson(context: Context, client: Client, id: string): Promise<object> {
  const { offboardings } = await client.execute(NowDocument, {});
  const offboarding = await caseJson(client, id);
  if ((offboarding as { state: string }).state === 'INCOMPLETE') context.exitCode = 1;
  return { revision: offboardings.revision, offboarding };
}

function endingReport(view: CaseView, { terminal }: Context): string[] {
  const { case: offboarding, all, residual } = view;
  const { state, verification } = offboarding;
  const done = all.filter((action) => action.state === 'DONE').length;
  const simulated = all.filter(({ proof }) => proof === SIMULATED).length;
  const ended = state === 'VERIFIED' || state === 'INCOMPLETE';
  return [
    ...titleOf(view).map((line) => renderLine(line, terminal)),
    ...clockLines(offboarding).map((line) => renderLine(line, terminal)),
    `Case ${offboarding.id}, ${state}.${standingOf(offboarding)}`,
    `${done} of ${counted(all.length, 'action')} done${simulated === 0 ? '' : `, ${simulated} of them SIMULATED`}.`,
    ...section('FOR A PERSON', 'do these, then attest, or have them waived', unfinished(view), terminal),
    ...(ended && verification !== null
      ? ['', ...verificationReport({ ...verification, residual, unknown: view.unknown }, view, terminal)]
      : []),
    ...(state === 'VERIFIED' ? ['', asFarAsKnown('NOTHING_OPEN', view.unknown)] : []),
    '',
    ...nextLines(nextCommands(offboarding, true)),
  ];
}

/** What waits for a person, and what they have to bring about. */
function unfinished(view: CaseView): Line[] {
  const waiting = view.all.filter(({ state }) => state === 'WAITING_FOR_PERSON' || state === 'IRREVOCABLE');
  return waiting.flatMap((action): Line[] => {
    const [sign, words] = ACTION_WORDS[action.kind];
    const why = action.lastError === null ? '' : `: ${action.lastError}`;
    return [
      [
        { text: `  ${sign} ${words}  ` },
        ...thing(view.named(action.entityId)),
        { text: `  ${action.state}${why}`, style: 'warning' },
      ],
      ...detailLines(action, view),
      ...toDoLines(changesOf(action), view),
      [{ text: `      action ${action.id}`, style: 'faint' }],
    ];
  });
}
