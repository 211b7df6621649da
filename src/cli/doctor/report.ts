import { type Findings, type IndexFinding, notLookedFor } from '../../client/local/doctor.js';

import { type Piece, renderLine, renderTable } from '../output.js';
import type { Terminal } from '../terminal.js';

/** What the doctor found, for people: what is wrong first. */
export function findingsReport(findings: Findings, terminal: Terminal): string[] {
  const { problems } = findings;
  const verdict: Piece[] =
    problems.length === 0
      ? [{ text: 'All is well.', style: 'strong' }]
      : [{ text: problems.length === 1 ? '1 problem:' : `${problems.length} problems:`, style: 'strong' }];
  return [
    renderLine(verdict, terminal),
    ...problems.map((text) => renderLine([{ text: `! ${text}`, style: 'warning' }], terminal)),
    '',
    ...renderTable([{ title: '' }, { title: '' }], facts(findings), terminal),
    ...sourceLines(findings, terminal),
  ];
}

function facts({ node, clock, actsAs, store, index, policy }: Findings): Piece[][] {
  const row = (name: string, text: string): Piece[] => [{ text: name, style: 'faint' }, { text }];
  return [
    row('Node.js', node),
    row('clock', clock === null ? 'of the system' : `fixed at ${clock} (TENDRIL_CLOCK)`),
    row('policy', `${policy.from}; rotateReadable ${policy.rotateReadable}`),
    ...(actsAs === null ? [] : [row('acts as', actsAs)]),
    ...(store === null
      ? [] // Why it was not looked at is the problem told above.
      : [
          row(
            'store',
            `${store.address}, schema ${store.schemaVersion}, ${store.at === null ? 'empty' : `revision ${store.revision} of ${store.at}`}`,
          ),
          row('', `${number(store.entities)} entities, ${number(store.relationships)} relationships`),
        ]),
    ...(index === null ? [] : [row('index', indexWords(index))]),
  ];
}

function indexWords({ kind, because, loadMillis, bytes }: IndexFinding): string {
  if (kind === 'store') return `in the store, because ${because}`;
  return `in memory, loaded in ${loadMillis} ms, about ${megabytes(bytes)} MB, because ${because}`;
}

const number = (value: number): string => value.toLocaleString('en');
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function sourceLines({ sources }: Findings, terminal: Terminal): string[] {
  if (sources.length === 0) return [];
  const columns = [
    { title: 'source' },
    { title: 'entities', align: 'right' as const },
    { title: 'last read' },
    { title: '' },
    { title: 'does not look for' },
  ];
  const rows = sources.map(({ source, lastSync, entities, stale }): Piece[] => [
    { text: source.id },
    { text: number(entities) },
    { text: lastSync ?? 'never' },
    stale ? { text: 'stale', style: 'warning' } : { text: '' },
    { text: notLookedFor(source.reports).join(', '), style: 'faint' },
  ]);
  return ['', ...renderTable(columns, rows, terminal)];
}
