import type { CascadeResult } from '../../offboarding/case/cascade/request-cascade.js';
import { planSections, titleOf } from '../offboard/case-report.js';
import type { PlanView } from '../offboard/case-view.js';
import { countLine, section, thing } from '../offboard/plan-report.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';

/** What would be done with one thing, and what would stop by it. */
export function previewReport(
  view: PlanView,
  { hash, breaks, needsApproval }: CascadeResult,
  terminal: Terminal,
): string[] {
  const stops = breaks.map((id): Line => [{ text: '  ! ', style: 'alarm' }, ...thing(view.named(id))]);
  // The same workloads would otherwise be told of twice, as accepted by whoever approves.
  const { body, prediction } = view.plan;
  const broken = prediction.broken.filter((id) => !breaks.includes(id));
  const plan = {
    ...view.plan,
    body: { ...body, accepted: [] },
    prediction: { ...prediction, broken, unexpected: [] },
  };
  return [
    ...titleOf(view).map((line) => renderLine(line, terminal)),
    ...planSections({ ...view, plan }, terminal),
    ...section(`WOULD STOP (${breaks.length})`, 'works now, and would not', stops, terminal),
    '',
    countLine(view),
    ...(breaks.length === 0
      ? [
          broken.length === 0
            ? 'Nothing that works now would stop.'
            : 'Nothing else that works now would stop.',
        ]
      : []),
    ...(needsApproval ? ['Somebody else has to approve this before it is done.'] : []),
    `Preview hash: ${hash}`,
  ];
}
