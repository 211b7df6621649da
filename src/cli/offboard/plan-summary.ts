import type { PlannedDecision } from '../../offboarding/plan/plan.js';
import type { Line, Piece } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { PlanView } from './case-view.js';
import { section, thing } from './plan-report.js';

/** What took a decision back to a person, in words. */
const GUARDS: Readonly<Record<NonNullable<PlannedDecision['guard']>, string>> = {
  HAS_ANSWERING_OWNER: 'but somebody who stays answers for it',
  USED_BY_OTHERS: 'but others use it',
  WOULD_BREAK_OTHERS: 'but retiring it would break what goes on',
  NEEDS_REFUSED_APP: 'but it needs an app that is refused',
};

/** What is decided, and by which rule. */
export function decisionSection({ plan, named, rules }: PlanView, terminal: Terminal): string[] {
  const { decisions } = plan.body;
  const lines = decisions.map((decision): Line => {
    const { entity, action, successor } = decision;
    const takes = successor === null ? '' : `, to ${named(successor).name}`;
    return [
      { text: `  ${action.padEnd(8)}  `, style: action === 'REVIEW' ? 'alarm' : 'plain' },
      ...thing(named(entity)),
      { text: `  ${byWhom(decision, rules)}${takes}`, style: 'faint' },
    ];
  });
  return section(
    `DECISIONS (${decisions.length})`,
    'what becomes of each thing that is left behind',
    lines,
    terminal,
  );
}

function byWhom({ rule, guard, reason }: PlannedDecision, rules: readonly string[]): string {
  if (rule === 0) return `decided by a person${reason === null ? '' : `: ${reason}`}`;
  const name = rules[rule - 1];
  const said = `rule ${rule}${name === undefined ? '' : ` (${name})`}`;
  return guard === null ? said : `${said}, ${GUARDS[guard]}`;
}

/** What will be when the plan is carried out, and what somebody should know before they approve it. */
export function outlook(view: PlanView, terminal: Terminal): string[] {
  const { plan, named } = view;
  const { prediction, body } = plan;
  const list = (ids: readonly string[], style: Piece['style'] = 'plain') =>
    ids.map((id): Line => [{ text: '  ', style }, ...thing(named(id))]);
  const remains: Line[] =
    prediction.exposure.length === 0
      ? [[{ text: '  Nothing remains reachable.' }]]
      : [
          [{ text: `  ${prediction.exposure.length} still reachable:`, style: 'alarm' }],
          ...list(prediction.exposure),
        ];
  const said = new Set([...prediction.unexpected, ...body.accepted]);
  const retired = prediction.broken.filter((id) => !said.has(id));
  return [
    ...(body.human === null ? [] : section('PREDICTION', 'the graph after the plan', remains, terminal)),
    ...section('STOPS, FOR IT IS RETIRED', '', list(retired), terminal),
    ...section(
      'ACCEPTED BREAKAGE',
      'stops although it is not retired; approving accepts it',
      list(body.accepted),
      terminal,
    ),
    ...section(
      'WOULD STOP UNSAID',
      'nobody may approve this',
      list(prediction.unexpected, 'alarm'),
      terminal,
    ),
    ...section('DOWNTIME', 'stops until its replacement is made', list(plan.downtime), terminal),
    ...section('FOLLOWS', 'stops only because another does', list(plan.following), terminal),
    ...section(
      'NOTED',
      '',
      plan.noted.map(
        ({ entity, why }): Line => [{ text: '  ' }, ...thing(named(entity)), { text: `  ${why}` }],
      ),
      terminal,
    ),
  ];
}
