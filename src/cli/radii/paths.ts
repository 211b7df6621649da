import type { Client } from '../../client/client.js';
import {
  type NamedFragment,
  PathEndsDocument,
  ShownPathsDocument,
  type ShownPathsQuery,
  type ShownPathsQueryVariables,
} from '../../documents/generated/graphql.js';
import { notFound } from '../../model/errors.js';
import { type Line, type Piece, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import { linkOf } from './path-tree.js';
import type { Shown } from './shapes.js';
import { bracketed, kindWords, linkWords, statusWords, weightWords } from './words.js';

type Step = ShownPathsQuery['accessPaths'][number]['steps'][number];

/** The ways between two entities, one after the other, a line for each step. @throws NOT_FOUND */
export async function pathsReport(
  client: Client,
  asked: ShownPathsQueryVariables,
  terminal: Terminal,
): Promise<string[]> {
  const { accessPaths } = await client.execute(ShownPathsDocument, asked);
  const [first] = accessPaths;
  const [start, end] = [first?.steps[0]?.from, first?.steps.at(-1)?.to];
  if (start === undefined || end === undefined) return noPath(client, asked, terminal);
  const count = accessPaths.length === 1 ? '1 way' : `${accessPaths.length} ways`;
  const head = renderLine([{ text: `${count} ${endsOf(start, end)}, the shortest first` }], terminal);
  return [head, ...accessPaths.flatMap(({ steps }, at) => pathLines(start, steps, at, terminal))];
}

const endsOf = (from: Pick<NamedFragment, 'id' | 'name'>, to: Pick<NamedFragment, 'id' | 'name'>): string =>
  `from ${from.name} (${from.id}) to ${to.name} (${to.id})`;

/** Says that there is no way, and between which two. */
async function noPath(
  client: Client,
  { from, to, asOf }: ShownPathsQueryVariables,
  terminal: Terminal,
): Promise<string[]> {
  const asked = { from, fromEmail: from, to, toEmail: to, ...(asOf === undefined ? {} : { asOf }) };
  const ends = await client.execute(PathEndsDocument, asked);
  const [start, end] = [ends.from ?? ends.fromPerson, ends.to ?? ends.toPerson];
  if (start === null || end === null) throw notFound('An end of the path is gone meanwhile; ask again.');
  const text = `As far as the sources look, there is no way ${endsOf(start, end)} at revision ${ends.entities.revision}.`;
  return [renderLine([{ text }], terminal)];
}

function pathLines(start: Shown, steps: readonly Step[], at: number, terminal: Terminal): string[] {
  const title: Line = [
    { text: `${at + 1}. ${steps.length === 1 ? '1 step' : `${steps.length} steps`}`, style: 'strong' },
  ];
  return [
    '',
    ...[title, [{ text: '   ' }, ...namePieces(start)], ...steps.map(stepLine)].map((line) =>
      renderLine(line, terminal),
    ),
  ];
}

function stepLine(step: Step): Line {
  const { evidence } = step.relationship;
  return [
    { text: `   ${linkWords(linkOf(step))} `, style: 'faint' },
    ...namePieces(step.to),
    ...(evidence ? [{ text: `  (${evidence})`, style: 'faint' as const, elastic: true }] : []),
  ];
}

function namePieces(entity: Shown): Piece[] {
  const facts = [kindWords(entity), ...weightWords(entity), statusWords(entity)];
  return [
    { text: entity.name, style: 'strong' },
    ...bracketed(facts.filter((fact) => fact !== undefined)),
    { text: `  ${entity.id}`, style: 'faint' },
  ];
}
