import { type Line, type Piece, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { Carried, PlanAction, PlanView } from './plan-view.js';
import { reasonLine } from './reason-line.js';
import { thing } from './thing.js';
import { ACTION_WORDS, PHASE_WORDS, SIGN_STYLES, type Sign, STATE_STYLES } from './words.js';

/** A paragraph of a report under a title; empty where there is nothing to say. */
export function section(
  title: string,
  meaning: string,
  lines: readonly Line[],
  terminal: Terminal,
): string[] {
  if (lines.length === 0) return [];
  const head: Line = [
    { text: title, style: 'strong' },
    { text: meaning === '' ? '' : `  ${meaning}`, style: 'faint' },
  ];
  return ['', ...[head, ...lines].map((line) => renderLine(line, terminal))];
}

/** The words by which sources say that they only pretend, and that a person acts. */
export const [SIMULATED, MANUAL] = ['SIMULATED', 'MANUAL'];

/** All actions of a plan, phase by phase, in the order in which they are carried out. */
export function phaseSections(view: PlanView, terminal: Terminal): string[] {
  const phases = [...new Set(view.actions.map(({ phase }) => phase))];
  return phases.flatMap((phase) => {
    const actions = view.actions.filter((action) => action.phase === phase);
    return section(
      `${phase} ${PHASE_WORDS[phase]} (${actions.length})`,
      actions.every(({ carried }) => carried?.state === 'DONE') ? '' : waiting(view, phase),
      actions.flatMap((action) => actionLines(action, view)),
      terminal,
    );
  });
}

/** What of a phase waits for the last working day, in words. */
function waiting(view: PlanView, phase: number): string {
  if (!waitsForLastDay(view)) return '';
  return phase === 2
    ? 'begins now, but for what is marked'
    : `waits for the last working day, ${view.lastWorkingDay}`;
}

/** Whether a plan makes what it can before the last working day and ends nothing until then. */
const waitsForLastDay = ({ mode, lastWorkingDay, evaluatedAt }: PlanView): boolean =>
  mode === 'CONTINUITY_FIRST' && lastWorkingDay !== null && lastWorkingDay > evaluatedAt;

function actionLines(action: PlanAction, view: PlanView): Line[] {
  const { carried, source } = action;
  const [sign, words] = ACTION_WORDS[action.kind];
  const marks: Piece[] = [];
  if (carried !== null) marks.push({ text: `  ${stateWords(carried)}`, style: STATE_STYLES[carried.state] });
  else if (source?.actuation === SIMULATED) marks.push({ text: '  SIMULATED', style: 'faint' });
  else if (source?.actuation === MANUAL) marks.push({ text: '  BY HAND', style: 'warning' });
  if (carried === null && action.phase === 2 && !action.early && waitsForLastDay(view)) {
    marks.push({ text: '  after the last working day', style: 'warning' });
  }
  const line: Line = [
    { text: `  ${sign} `, style: SIGN_STYLES[sign] },
    { text: `${words}${statusSet(action)}  ` },
    ...thing(view.named(action.entityId)),
    ...marks,
  ];
  const why = reasonLine(action.because.path, view.nameOf);
  const because: Line[] =
    why === '' ? [] : [[{ text: `      because ${why}`, style: 'faint', elastic: true }]];
  return [line, ...detailLines(action, view), ...because];
}

/** The status that a person is given; of other things the words of the action say it. */
function statusSet({ kind, changes }: PlanAction): string {
  if (kind !== 'SET_HUMAN_STATUS') return '';
  return changes
    .flatMap((change) => (change.change === 'SET_STATUS' ? [` to ${change.status}`] : []))
    .join('');
}

/** How far an action is, and by what that is known. */
function stateWords({ state, proof, proofReference, lastError }: Carried): string {
  const proven = proof === null ? '' : ` ${proof}${proofReference === null ? '' : ` (${proofReference})`}`;
  return `${state}${proven}${lastError === null ? '' : `: ${lastError}`}`;
}

/** What whoever reads the plan has to know besides: what stands in for what, and what is not copied. */
export function detailLines(
  { details }: Pick<PlanAction, 'details'>,
  { named, nameOf }: Pick<PlanView, 'named' | 'nameOf'>,
): Line[] {
  const replaces = [details.replaces, details.inPlaceOf].find((id) => typeof id === 'string');
  const facts: string[] = [];
  if (typeof replaces === 'string') facts.push(`in the place of ${nameOf(named(replaces))}`);
  if (typeof details.for === 'string') facts.push(`for ${nameOf(named(details.for))}`);
  const groups = details.groupsNotCopied;
  if (Array.isArray(groups) && groups.length > 0)
    facts.push(`not copied: membership in ${groups.join(', ')}`);
  return facts.length === 0 ? [] : [[{ text: `      ${facts.join(', ')}`, style: 'faint' }]];
}

/** How many things a plan makes, changes, ends and only looks at. */
export function countLine({ actions }: Pick<PlanView, 'actions'>): string {
  const count = (sign: Sign) => actions.filter(({ kind }) => ACTION_WORDS[kind][0] === sign).length;
  return `Plan: ${count('+')} to make, ${count('~')} to change, ${count('-')} to end, ${count('?')} to confirm.`;
}
