import type { ShownSignatureFragment } from '../../documents/generated/graphql.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { CaseView, ShownCase } from './case-view.js';
import { nextCommands, nextLines } from './next-commands.js';
import { countLine, MANUAL, phaseSections, SIMULATED, section } from './plan-report.js';
import { decisionSection, outlookSections } from './plan-summary.js';
import type { PlanView } from './plan-view.js';
import { thing } from './thing.js';
import { counted } from './words.js';

/** What a case is called by what it is about. */
const TITLES: Readonly<Record<PlanView['kind'], string>> = {
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
  const { case: offboarding } = view;
  return [
    ...[...titleOf(view), ...caseHead(offboarding)].map((line) => renderLine(line, terminal)),
    ...planSections(view, terminal),
    ...needed(view, terminal),
    '',
    countLine(view),
    `Plan hash: ${offboarding.planHash}`,
    ...(thenWhat ? nextLines(nextCommands(offboarding)) : []),
  ];
}

/** A plan for people: what is decided, what is done, and what will be. */
export function planSections(view: PlanView, terminal: Terminal): string[] {
  return [
    ...decisionSection(view, terminal),
    ...phaseSections(view, terminal),
    ...outlookSections(view, terminal),
  ];
}

/** What a plan is about, how it goes about it, and that nothing outside is called, or a person acts, where that is so. */
export function titleOf(view: PlanView): Line[] {
  const { kind, about, mode, lastWorkingDay, successor } = view;
  const [pretended, manual] = [actingBy(view, SIMULATED), actingBy(view, MANUAL)];
  const lines: Line[] = [[{ text: `${TITLES[kind]} ` }, ...thing(about)]];
  if (kind === 'OFFBOARDING') {
    const order =
      mode === 'CONTINUITY_FIRST' ? 'makes what is needed before it ends anything' : 'ends access first';
    const day = lastWorkingDay === null ? '' : ` Last working day: ${lastWorkingDay}.`;
    lines.push([{ text: `${mode}: ${order}.${day}` }]);
  }
  if (successor !== null) lines.push([{ text: `Successor: ` }, ...thing(successor)]);
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

/** Ids of the sources of a plan on which actions take effect in one way. */
function actingBy({ actions }: PlanView, actuation: string | undefined): string[] {
  const sources = actions.flatMap(({ source }) => (source?.actuation === actuation ? [source?.id] : []));
  return [...new Set(sources)].filter((id) => id !== undefined).sort();
}

function caseHead(offboarding: ShownCase): Line[] {
  const signed = (what: string, by: ShownSignatureFragment | null): Line[] =>
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
  const { id, state } = offboarding;
  return [
    ...clockLines(offboarding),
    [{ text: `Case ${id}, ` }, { text: state, style: 'strong' }, { text: `.${standingOf(offboarding)}` }],
    ...signed('Planned', offboarding.plannedBy),
    ...signed('Approved', offboarding.approvedBy),
    ...signed('Executed', offboarding.executedBy),
    ...signed('Cancelled', offboarding.cancelledBy),
  ];
}

/** That the times of a case are those of a fixed clock, where that is so. */
export function clockLines({ clock, evaluatedAt }: Pick<ShownCase, 'clock' | 'evaluatedAt'>): Line[] {
  if (clock !== 'FIXED') return [];
  const text = `FIXED CLOCK: planned at ${evaluatedAt} by TENDRIL_CLOCK; its times are not when things happened.`;
  return [[{ text, style: 'warning' }]];
}

/** Why a case waits, and how well it is proven, as sentences behind its state. */
export function standingOf({ because, assurance }: Pick<ShownCase, 'because' | 'assurance'>): string {
  const why = because === null ? '' : ` ${because}`;
  return `${why}${assurance === null ? '' : ` Assurance: ${assurance}, the weakest proof of all.`}`;
}

/** What a person has to decide before anybody may approve. */
function needed({ case: offboarding, needsDecision }: CaseView, terminal: Terminal): string[] {
  if (offboarding.state !== 'IN_REVIEW') return [];
  const lines = needsDecision.map((named): Line => [{ text: '  ! ', style: 'alarm' }, ...thing(named)]);
  const title = `NEEDS ${counted(lines.length, 'DECISION').toUpperCase()}`;
  return section(title, 'the plan cannot be approved before', lines, terminal);
}
