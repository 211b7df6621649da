import type { EntityRecord } from '../../model/entity.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import { type Action, PHASE_ORDER, type Phase } from '../../offboarding/plan/plan.js';
import { type Line, type Piece, renderLine } from '../output.js';
import type { Shown } from '../radii/shapes.js';
import { kindWords } from '../radii/words.js';
import type { Terminal } from '../terminal.js';
import type { Named, PlanView } from './case-view.js';
import { reasonLine } from './reason-line.js';
import { ACTION_WORDS, PHASE_WORDS, SIGN_STYLES, type Sign, STATE_STYLES } from './words.js';

/** A record as the API tells of it. */
const asShown = ({ kind, properties }: EntityRecord): Shown =>
  ({ ...properties, kind: kind.replace(/(?!^)([A-Z])/g, '_$1').toUpperCase() }) as unknown as Shown;

/** A thing in a line: its name, what it is, and its id. */
export function thing({ id, name, record }: Named): Piece[] {
  const kind = record === undefined ? '' : ` [${kindWords(asShown(record))}]`;
  if (name === id)
    return [
      { text: name, style: 'strong' },
      { text: kind, style: 'faint' },
    ];
  return [
    { text: name, style: 'strong' },
    { text: `${kind}  ${id}`, style: 'faint' },
  ];
}

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

/** All actions of a plan, phase by phase, in the order in which they are carried out. */
export function phaseSections(
  view: PlanView,
  states: ReadonlyMap<string, CaseAction>,
  terminal: Terminal,
): string[] {
  const { body } = view.plan;
  return PHASE_ORDER[body.mode].flatMap((phase) => {
    const actions = body.actions.filter((action) => action.phase === phase);
    const lines = actions.flatMap((action) => actionLines(action, view, states.get(action.id)));
    return section(
      `${phase} ${PHASE_WORDS[phase]} (${actions.length})`,
      actions.every(({ id }) => states.get(id)?.state === 'DONE') ? '' : waiting(view, phase),
      lines,
      terminal,
    );
  });
}

/** What of a phase waits for the last working day, in words. */
function waiting({ plan: { body } }: PlanView, phase: Phase): string {
  if (!waitsForLastDay(body)) return '';
  return phase === 2
    ? 'begins now, but for what is marked'
    : `waits for the last working day, ${body.lastWorkingDay}`;
}

/** Whether a plan makes what it can before the last working day and ends nothing until then. */
export const waitsForLastDay = (body: PlanView['plan']['body']): boolean =>
  body.mode === 'CONTINUITY_FIRST' && body.lastWorkingDay !== null && body.lastWorkingDay > body.evaluatedAt;

function actionLines(action: Action, view: PlanView, carried: CaseAction | undefined): Line[] {
  const { plan, named, simulated, byHand } = view;
  const [sign, words] = ACTION_WORDS[action.kind];
  const marks: Piece[] = [];
  if (carried !== undefined)
    marks.push({ text: `  ${stateWords(carried)}`, style: STATE_STYLES[carried.state] });
  else if (simulated.has(action.source)) marks.push({ text: '  SIMULATED', style: 'faint' });
  else if (byHand.has(action.source)) marks.push({ text: '  BY HAND', style: 'warning' });
  if (carried === undefined && action.phase === 2 && !action.early && waitsForLastDay(plan.body)) {
    marks.push({ text: '  after the last working day', style: 'warning' });
  }
  const line: Line = [
    { text: `  ${sign} `, style: SIGN_STYLES[sign] },
    { text: `${words}${statusSet(action)}  ` },
    ...thing(named(action.entity)),
    ...marks,
  ];
  const why = reasonLine(plan.because[action.id] ?? [], named);
  const because: Line[] =
    why === '' ? [] : [[{ text: `      because ${why}`, style: 'faint', elastic: true }]];
  return [line, ...detailLines(action, view), ...because];
}

/** The status that a person is given; of other things the words of the action say it. */
function statusSet({ kind, changes }: Action): string {
  if (kind !== 'SET_HUMAN_STATUS') return '';
  return changes
    .flatMap((change) => (change.change === 'SET_STATUS' ? [` to ${change.status}`] : []))
    .join('');
}

/** How far an action is, and by what that is known. */
function stateWords({ state, proof, proofReference, lastError }: CaseAction): string {
  const proven = proof === null ? '' : ` ${proof}${proofReference === null ? '' : ` (${proofReference})`}`;
  return `${state}${proven}${lastError === null ? '' : `: ${lastError}`}`;
}

/** What whoever reads the plan has to know besides: what stands in for what, and what is not copied. */
export function detailLines({ details }: Action, { named }: Pick<PlanView, 'named'>): Line[] {
  const replaces = [details.replaces, details.inPlaceOf].find((id) => typeof id === 'string');
  const facts: string[] = [];
  if (typeof replaces === 'string') facts.push(`in the place of ${named(replaces).name}`);
  if (typeof details.for === 'string') facts.push(`for ${named(details.for).name}`);
  const groups = details.groupsNotCopied;
  if (Array.isArray(groups) && groups.length > 0)
    facts.push(`not copied: membership in ${groups.join(', ')}`);
  return facts.length === 0 ? [] : [[{ text: `      ${facts.join(', ')}`, style: 'faint' }]];
}

/** How many things a plan makes, changes, ends and only looks at. */
export function countLine({ plan: { body } }: PlanView): string {
  const count = (sign: Sign) => body.actions.filter(({ kind }) => ACTION_WORDS[kind][0] === sign).length;
  return `Plan: ${count('+')} to make, ${count('~')} to change, ${count('-')} to end, ${count('?')} to confirm.`;
}
