import type { SourcesQuery } from '../../documents/generated/graphql.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';

type Source = SourcesQuery['sources'][number];

/** Every source, with what it could not read. */
export function sourcesReport(sources: readonly Source[], terminal: Terminal): string[] {
  if (sources.length === 0) return ['There is no source yet; `tendril import` brings the first.'];
  return sources.flatMap((source) => linesOf(source)).map((line) => renderLine(line, terminal));
}

function linesOf({
  id,
  name,
  actuation,
  lastSync,
  lastFullSync,
  stale,
  reports,
  couldNotRead,
}: Source): Line[] {
  const read = lastSync === null ? 'never read' : `last read ${lastSync}`;
  const whole = lastFullSync === lastSync ? '' : `, as a whole ${lastFullSync ?? 'never'}`;
  return [
    [{ text: id, style: 'strong' }, ...(name === null ? [] : [{ text: `  ${name}` }])],
    [
      { text: `    ${read}${whole}`, style: stale ? 'warning' : 'plain' },
      { text: `${stale ? ' (stale)' : ''}  ${actuation}`, style: 'faint' },
    ],
    [
      {
        text: `    looks for ${reports.length === 0 ? 'nothing' : reports.join(', ')}`,
        style: 'faint',
        elastic: true,
      },
    ],
    ...couldNotRead.map(
      ({ kinds, account, because }): Line => [
        {
          text: `    ! could not read ${kinds.join(', ')}${account === null ? '' : ` of ${account}`}: ${because}`,
          style: 'warning',
        },
      ],
    ),
  ];
}
