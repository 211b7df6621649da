import type { Case, Signature } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import type { PlanBody } from '../../offboarding/plan/plan.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { CaseView, PlanView } from './case-view.js';
import { nextCommands } from './desk.js';
import { countLine, phaseSections, section, thing } from './plan-report.js';
import { decisionSection, outlook } from './plan-summary.js';
import { counted } from './words.js';

/** What a case is called that is about one thing. */
const TITLES: Readonly<Record<PlanBody['about']['kind'], string>> = {
  OFFBOARDING: 'Offboarding of',
  REVOKE: 'Revoking',
  ROTATE: 'Rotating',
  REHOME: 'Re-homing',
  TRANSFER: 'Transferring',
  RETIRE: 'Retiring',
};

/**
 * A case for people: what it is, what is decided, what is done in which order and why, and what comes then.
 *
 * @param thenWhat whether to say what somebody does next; not where that is asked right after
 */
export function caseReport(view: CaseView, terminal: Terminal, thenWhat = true): string[] {
  const { case: one, plan } = view;
  return [
    ...[...titleOf(view), ...caseHead(one)].map((line) => renderLine(line, terminal)),
    ...planSections(view, terminal, carriedOut(view.actions)),
    ...needed(view, terminal),
    '',
    countLine(view),
    `Plan hash: ${one.planHash}`,
    ...(thenWhat ? next(nextCommands(one, plan)) : []),
  ];
}

/** A plan for people, without a case. */
export function planSections(
  view: PlanView,
  terminal: Terminal,
  states: ReadonlyMap<string, CaseAction> = new Map(),
): string[] {
  return [
    ...decisionSection(view, terminal),
    ...phaseSections(view, states, terminal),
    ...outlook(view, terminal),
  ];
}

const carriedOut = (actions: readonly CaseAction[]): ReadonlyMap<string, CaseAction> =>
  new Map(actions.map((action) => [action.action.id, action]));

export function next(commands: readonly string[]): string[] {
  return commands.map((command, at) => `${at === 0 ? 'Next: ' : '      '}${command}`);
}

/** What a plan is about, how it goes about it, and that nothing outside is called, or a person acts, where that is so. */
export function titleOf({ plan: { body }, named, simulated, byHand }: PlanView): Line[] {
  const target = 'target' in body.about ? body.about.target : body.human;
  const used = [...new Set(body.actions.map(({ source }) => source))].sort();
  const [pretended, manual] = [used.filter((id) => simulated.has(id)), used.filter((id) => byHand.has(id))];
  const lines: Line[] = [
    [{ text: `${TITLES[body.about.kind]} ` }, ...(target === null ? [] : thing(named(target)))],
  ];
  if (body.human !== null) {
    const order =
      body.mode === 'CONTINUITY_FIRST' ? 'makes what is needed before it ends anything' : 'ends access first';
    const day = body.lastWorkingDay === null ? '' : ` Last working day: ${body.lastWorkingDay}.`;
    lines.push([{ text: `${body.mode}: ${order}.${day}` }]);
  }
  if (body.successor !== null) lines.push([{ text: `Successor: ` }, ...thing(named(body.successor))]);
  if (pretended.length > 0) {
    const text = `SIMULATED: nothing outside is called for ${pretended.join(', ')}.`;
    lines.push([{ text, style: 'warning' }]);
  }
  if (manual.length > 0) {
    const text = `BY HAND: a person does what is to be done on ${manual.join(', ')}, and attests it.`;
    lines.push([{ text, style: 'warning' }]);
  }
  return lines;
}

function caseHead(one: Case): Line[] {
  const because = one.because === null ? '' : ` ${one.because}`;
  const assurance = one.assurance === null ? '' : ` Assurance: ${one.assurance}, the weakest proof of all.`;
  const signed = (what: string, by: Signature | null): Line[] =>
    by === null
      ? []
      : [
          [
            {
              text: `${what} by ${by.subject} at ${by.at}${by.reason === null ? '.' : `: ${by.reason}`}`,
              style: 'faint',
            },
          ],
        ];
  return [
    [{ text: `Case ${one.id}, ` }, { text: one.state, style: 'strong' }, { text: `.${because}${assurance}` }],
    ...signed('Planned', one.planned),
    ...signed('Approved', one.approved),
    ...signed('Executed', one.executed),
    ...signed('Cancelled', one.cancelled),
  ];
}

/** What a person has to decide before anybody may approve. */
function needed({ case: one, plan, named }: CaseView, terminal: Terminal): string[] {
  if (one.state !== 'IN_REVIEW') return [];
  const lines = plan.needsDecision.map((id): Line => [{ text: '  ! ', style: 'alarm' }, ...thing(named(id))]);
  const title = `NEEDS ${counted(lines.length, 'DECISION').toUpperCase()}`;
  return section(title, 'the plan cannot be approved before', lines, terminal);
}
