import { shellWord } from '../../model/shell-word.js';
import type { Case } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import { type Context, printJson, printLines } from '../context.js';
import { payloadJson } from '../json/case.js';
import { type Line, renderLine } from '../output.js';
import type { Session } from '../session.js';
import { next, titleOf } from './case-report.js';
import { viewOfCase } from './case-view.js';
import { nextCommands, shortId } from './desk.js';
import { detailLines, section, thing } from './plan-report.js';
import { toDoLines } from './to-do.js';
import { verificationReport } from './verification-report.js';
import { ACTION_WORDS, counted } from './words.js';

/** What a case came to when this process stopped carrying it out; exits with 1 where it is INCOMPLETE. */
export async function showEnding(context: Context, session: Session, one: Case): Promise<void> {
  const view = await viewOfCase(session, one);
  if (one.state === 'INCOMPLETE') context.exitCode = 1;
  if (context.json) return printJson(context, await payloadJson(session, one.id));
  const { terminal } = context;
  const { actions, verification, named, plan } = view;
  const done = actions.filter(({ state }) => state === 'DONE').length;
  const simulated = actions.filter(({ proof }) => proof === 'SIMULATED').length;
  const unfinished = actions.filter(({ state }) => state === 'WAITING_FOR_PERSON' || state === 'IRREVOCABLE');
  const waiting = unfinished.flatMap(({ action, state, lastError }): Line[] => [
    [
      { text: `  ${ACTION_WORDS[action.kind][0]} ${ACTION_WORDS[action.kind][1]}  ` },
      ...thing(named(action.entity)),
      { text: `  ${state}${lastError === null ? '' : `: ${lastError}`}`, style: 'warning' },
    ],
    ...detailLines(action, view),
    ...toDoLines(action, named),
    [{ text: `      action ${action.id}`, style: 'faint' }],
  ]);
  const because = one.because === null ? '' : ` ${one.because}`;
  const assurance = one.assurance === null ? '' : ` Assurance: ${one.assurance}, the weakest proof of all.`;
  const ended = one.state === 'VERIFIED' || one.state === 'INCOMPLETE';
  printLines(context, [
    ...titleOf(view).map((line) => renderLine(line, terminal)),
    `Case ${one.id}, ${one.state}.${because}${assurance}`,
    `${done} of ${counted(actions.length, 'action')} done${simulated === 0 ? '' : `, ${simulated} of them SIMULATED`}.`,
    ...section('FOR A PERSON', 'do these, then attest, or have them waived', waiting, terminal),
    ...(ended && verification !== undefined
      ? ['', ...verificationReport(verification, named, terminal)]
      : []),
    '',
    ...next([...forPersons(one, unfinished), ...nextCommands(one, plan)]),
  ]);
}

/** How a person says that what waits for them is done, all of it at once, and how they let go of it. */
function forPersons(one: Case, unfinished: readonly CaseAction[]): string[] {
  if (unfinished.length === 0) return [];
  const [id, actions] = [shortId(one), unfinished.map(({ action }) => action.id)];
  return [
    `tendril offboard attest ${id} ${actions.map(shellWord).join(' ')} --statement "…" --evidence "…"`,
    `tendril offboard waive ${id} ${shellWord(actions[0]!)} --owner HUMAN --until TIME --reason "…"`,
  ];
}
