import { nodesOf } from '../../client/plain.js';
import type { SupposedFragment, WhatIfQuery } from '../../documents/generated/graphql.js';
import { listed } from '../../model/unknown.js';
import { thing } from '../offboard/thing.js';
import { counted } from '../offboard/words.js';
import { type Line, renderLine } from '../output.js';
import { levelWords } from '../radii/words.js';
import type { Terminal } from '../terminal.js';
import type { ListColumn } from './columns.js';

type Answer = WhatIfQuery['whatIf'];
type Supposed = SupposedFragment['edges'][number]['node'];

/** The sets, in the order in which they are told, and their titles. */
const SETS = {
  stops: 'would stop',
  unanswered: 'nobody would answer for',
  stillReached: 'could still be used',
  ended: 'would end',
} as const;
type SetName = keyof typeof SETS;
const NAMES = Object.keys(SETS) as SetName[];

/** A member of one of the sets. */
export interface SupposedRow {
  readonly set: SetName;
  readonly node: Supposed;
}

/** All members of all sets. */
export const supposedRows = (answer: Answer): SupposedRow[] =>
  NAMES.flatMap((set) => membersOf(answer, set).map((node) => ({ set, node })));

const membersOf = (answer: Answer, set: SetName): readonly Supposed[] => {
  const members = answer[set];
  return members == null ? [] : nodesOf(members);
};

const wayOf = ({ path }: Supposed): string => path.map(({ to }) => to.name).join(' → ');

export const SUPPOSED_COLUMNS: readonly ListColumn<SupposedRow>[] = [
  { name: 'set', of: ({ set }) => set },
  { name: 'kind', of: ({ node }) => node.entity.kind },
  { name: 'name', of: ({ node }) => node.entity.name },
  { name: 'id', of: ({ node }) => node.entity.id },
  { name: 'can', of: ({ node }) => levelWords(node) ?? null },
  { name: 'path', of: ({ node }) => wayOf(node) },
];

/** What would be, as lines. @param most how many of each set are shown */
export function supposedReport(answer: Answer, most: number, terminal: Terminal): string[] {
  const lines = NAMES.flatMap((set) =>
    answer[set] == null ? [] : setLines(set, membersOf(answer, set), most),
  );
  return [...lines.map((line) => renderLine(line, terminal)), ...supposedNotes(answer, terminal)];
}

function setLines(set: SetName, members: readonly Supposed[], most: number): Line[] {
  const more = members.length - most;
  const none = set === 'ended' ? '' : ', as far as the sources look';
  return [
    [
      { text: `${members.length === 0 ? `nothing${none}` : members.length}  `, style: 'strong' },
      { text: SETS[set] },
    ],
    ...members.slice(0, most).map((member): Line => {
      const level = levelWords(member);
      return [
        { text: '  ' },
        ...thing(member.entity),
        { text: level === undefined ? '' : `  ${level}` },
        { text: member.path.length === 0 ? '' : `  by ${wayOf(member)}`, style: 'faint', elastic: true },
      ];
    }),
    ...(more > 0 ? [[{ text: `  … and ${more} more; \`--all\` shows all of them.` }]] : []),
  ];
}

/** What a reader has to know besides the sets: what nobody can take back, and what nobody knows. */
export function supposedNotes({ selfContained, blindSpots }: Answer, terminal: Terminal): string[] {
  const lasting = selfContained.map(({ id }) => id);
  const sentences = [
    ...(lasting.length === 0
      ? []
      : [
          `${counted(lasting.length, 'token')} would go on until expiry, for nobody can take ${lasting.length === 1 ? 'it' : 'them'} back: ${listed(lasting, 'and')}.`,
        ]),
    ...blindSpots.map(
      ({ account, source, missing, because }) =>
        `Not known: ${listed(missing, 'and')} of ${account.id} in ${source.id} (${because ?? 'the source does not say that it looks for them'}).`,
    ),
  ];
  return sentences.map((text) => renderLine([{ text: `! ${text}`, style: 'warning' }], terminal));
}
