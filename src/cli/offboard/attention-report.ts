import type { Attention } from '../../offboarding/post-case/attention.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { Named } from './case-view.js';
import { thing } from './plan-report.js';

/** What somebody has to look at, the oldest first. */
export function attentionReport(
  entries: readonly Attention[],
  named: (id: string) => Named,
  terminal: Terminal,
): string[] {
  if (entries.length === 0) return ['Nothing needs attention.'];
  const lines = entries.flatMap(({ kind, entity, since, why, case: by }): Line[] => [
    [
      { text: `${kind}  `, style: 'alarm' },
      ...thing(named(entity)),
      { text: `  since ${since}`, style: 'faint' },
    ],
    [{ text: `    ${why}` }],
    ...(by === null ? [] : [[{ text: `    tendril offboard show ${by}`, style: 'faint' as const }]]),
  ]);
  return lines.map((line) => renderLine(line, terminal));
}
