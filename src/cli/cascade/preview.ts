import type { ShownCascadeFragment } from '../../documents/generated/graphql.js';
import { asFarAsKnown } from '../../model/unknown.js';
import { planSections, titleOf } from '../offboard/case-report.js';
import { countLine, section } from '../offboard/plan-report.js';
import type { PlanView } from '../offboard/plan-view.js';
import { thing } from '../offboard/thing.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';

/** What would be done with one thing, and what would stop by it. */
export function previewReport(
  view: PlanView,
  { hash, breaks, needsApproval }: Pick<ShownCascadeFragment, 'hash' | 'breaks' | 'needsApproval'>,
  terminal: Terminal,
): string[] {
  const stops = breaks.map((workload): Line => [{ text: '  ! ', style: 'alarm' }, ...thing(workload)]);
  return [
    ...titleOf(view).map((line) => renderLine(line, terminal)),
    ...planSections(view, terminal),
    ...section(`WOULD STOP (${breaks.length})`, 'works now, and would not', stops, terminal),
    '',
    countLine(view),
    ...(breaks.length === 0
      ? [
          asFarAsKnown(
            view.outlook.retired.length === 0 ? 'NOTHING_STOPS' : 'NOTHING_ELSE_STOPS',
            view.unknown,
          ),
        ]
      : []),
    ...(needsApproval ? ['Somebody else has to approve this before it is done.'] : []),
    `Preview hash: ${hash}`,
  ];
}
