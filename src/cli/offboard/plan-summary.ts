import type { DecisionGuard, ShownDecisionFragment } from '../../documents/generated/graphql.js';
import { asFarAsKnown } from '../../model/unknown.js';
import type { Line, Piece } from '../output.js';
import type { Terminal } from '../terminal.js';
import { section } from './plan-report.js';
import type { PlanView, Thing } from './plan-view.js';
import { thing } from './thing.js';
import { unknownSection } from './unknown-section.js';

/** What took a decision back to a person, in words. */
const GUARDS: Readonly<Record<DecisionGuard, string>> = {
  HAS_ANSWERING_OWNER: 'but somebody who stays answers for it',
  USED_BY_OTHERS: 'but others use it',
  WOULD_BREAK_OTHERS: 'but retiring it would break what goes on',
  NEEDS_REFUSED_APP: 'but it needs an app that is refused',
};

/** What is decided, and by which rule. */
export function decisionSection({ decisions, rules, nameOf }: PlanView, terminal: Terminal): string[] {
  const lines = decisions.map((decision): Line => {
    const { entity, action, successor } = decision;
    const takes = successor === null ? '' : `, to ${nameOf(successor)}`;
    return [
      { text: `  ${(action ?? '').padEnd(8)}  `, style: action === 'REVIEW' ? 'alarm' : 'plain' },
      ...thing(entity),
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

function byWhom(
  { rule, guard, reason, overriddenBy }: ShownDecisionFragment,
  rules: readonly string[],
): string {
  if (rule === null) {
    // In the preview of one thing it is who asks.
    const who = overriddenBy === null ? 'who asks' : `${overriddenBy.subject} at ${overriddenBy.at}`;
    return `decided by ${who}${reason === null ? '' : `: ${reason}`}`;
  }
  const name = rules[rule - 1];
  const said = `rule ${rule}${name === undefined ? '' : ` (${name})`}`;
  return guard === null ? said : `${said}, ${GUARDS[guard]}`;
}

/** What will be when the plan is carried out, and what somebody should know before they approve it. */
export function outlookSections({ outlook, unknown }: PlanView, terminal: Terminal): string[] {
  const list = (things: readonly Thing[], style: Piece['style'] = 'plain') =>
    things.map((named): Line => [{ text: '  ', style }, ...thing(named)]);
  const { exposure } = outlook;
  const remains = (left: readonly Thing[]): Line[] =>
    left.length === 0
      ? [[{ text: `  ${asFarAsKnown('NOT_REACHABLE', unknown)}` }]]
      : [[{ text: `  ${left.length} still reachable:`, style: 'alarm' }], ...list(left)];
  return [
    ...(exposure === null
      ? []
      : section('PREDICTION', 'the graph after the plan', remains(exposure), terminal)),
    ...unknownSection(unknown, terminal),
    ...section(
      'DOES NOT WORK ALREADY',
      'did not before this; `tendril broken` says by what',
      list(outlook.alreadyBroken),
      terminal,
    ),
    ...section('STOPS, FOR IT IS RETIRED', '', list(outlook.retired), terminal),
    ...section(
      'ACCEPTED BREAKAGE',
      'stops although it is not retired; approving accepts it',
      list(outlook.accepted),
      terminal,
    ),
    ...section('WOULD STOP UNSAID', 'nobody may approve this', list(outlook.unexpected, 'alarm'), terminal),
    ...section('DOWNTIME', 'stops until its replacement is made', list(outlook.downtime), terminal),
    ...section('FOLLOWS', 'stops only because another does', list(outlook.following), terminal),
    ...section(
      'NOTED',
      '',
      outlook.noted.map((entry): Line => [{ text: '  ' }, ...thing(entry.thing), { text: `  ${entry.why}` }]),
      terminal,
    ),
  ];
}
