import type { ShownAttentionQuery } from '../../documents/generated/graphql.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import { thing } from './thing.js';

type Entry = ShownAttentionQuery['attention']['edges'][number]['node'];

/** What somebody has to look at, the oldest first. */
export function attentionReport(entries: readonly Entry[], terminal: Terminal): string[] {
  if (entries.length === 0) return ['Nothing needs attention.'];
  const lines = entries.flatMap(({ kind, entity, entityId, since, why, offboarding }): Line[] => [
    [
      { text: `${kind}  `, style: 'alarm' },
      ...thing(entity ?? { id: entityId, name: entityId }),
      { text: `  since ${since}`, style: 'faint' },
    ],
    [{ text: `    ${why}` }],
    ...(offboarding === null
      ? []
      : [[{ text: `    tendril offboard show ${offboarding.id}`, style: 'faint' as const }]]),
  ]);
  return lines.map((line) => renderLine(line, terminal));
}
