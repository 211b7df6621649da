import { briefly, type Unknown } from '../../model/unknown.js';
import { type Column, type Line, type Piece, renderLine, renderTable, renderTree } from '../output.js';
import type { Terminal } from '../terminal.js';
import { unknownOf } from '../unknown.js';
import { caveats } from './caveats.js';
import type { Collected } from './collect.js';
import { isGrave, WORST } from './danger.js';
import { drawPaths, type Facts, MEMBER, ON_THE_WAY } from './draw.js';
import { scopeWords } from './scope-words.js';
import type { Shown } from './shapes.js';
import type { ShownSet } from './shown.js';
import { bracketed, kindWords, levelWords, statusWords } from './words.js';

/** A blast radius for people: what to know before, the numbers, what is most dangerous, then every set. */
export function radiusReport(collected: Collected, terminal: Terminal): string[] {
  const told = caveats(collected.radius);
  const paragraphs = [
    header(collected).map((line) => renderLine(line, terminal)),
    told.map((line) => renderLine(line, terminal)),
    counts(collected, terminal),
    worst(collected, terminal),
    ...sections(collected).map((section) => sectionLines(section, unknownOf(collected.radius), terminal)),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function header({ radius }: Collected): Line[] {
  const { start, asOf, revision, incompleteBecause } = radius;
  const address = 'email' in start ? start.email : 'login' in start ? start.login : null;
  const lastDay = 'lastWorkingDay' in start ? start.lastWorkingDay : null;
  const facts = [address, lastDay === null ? null : `last working day ${lastDay}`].filter(
    (fact) => fact !== null,
  );
  const status = statusWords(start);
  // No more than is known: what a source or a converter never told is in no graph.
  const whole =
    incompleteBecause === null
      ? 'Complete: nothing that the sources report was left out.'
      : `Not complete: ${incompleteBecause}`;
  const about = `As of ${asOf}, revision ${revision}. ${whole}`;
  if (radius.humans.length > 1) return [...radius.humans.map(personLine), [{ text: about }]];
  const name: Line = [
    { text: start.name, style: 'strong' },
    ...bracketed([kindWords(start), ...(status === undefined ? [] : [status])]),
    { text: `  ${start.id}`, style: 'faint' },
  ];
  return [name, ...(facts.length === 0 ? [] : [[{ text: facts.join(' · ') }]]), [{ text: about }]];
}

/** One of several people who are asked about at once. */
function personLine(human: Collected['radius']['humans'][number]): Line {
  const { name, id, email, lastWorkingDay } = human;
  const status = statusWords(human);
  const lastDay = lastWorkingDay === null ? [] : [`last working day ${lastWorkingDay}`];
  return [
    { text: name, style: 'strong' },
    ...bracketed([kindWords(human), ...(status === undefined ? [] : [status]), ...lastDay]),
    { text: `  ${email ?? id}`, style: 'faint' },
  ];
}

/** How many of a set are in it only because several people leave together. */
function together(set: ShownSet, { onlyTogether }: Collected): string {
  const count = set.members.filter(({ entity }) => onlyTogether.has(entity.id)).length;
  return count === 0 ? '' : `, ${count} of them only because they leave together`;
}

const COUNT_COLUMNS: readonly Column[] = [{ title: '', align: 'right' }, { title: '' }, { title: '' }];

function counts(collected: Collected, terminal: Terminal): string[] {
  const { exposure, continuity, orphans, cut, conflicts, radius } = collected;
  const foreign = cut.foreign.size;
  const row = (count: number, name: string, meaning: string): Piece[] => [
    { text: String(count), style: 'strong' },
    { text: name },
    { text: meaning, style: 'faint', elastic: true },
  ];
  const { byKind, bySensitivity, highestPermission } = radius.summary;
  const detail = (name: string, values: readonly string[]): Line =>
    values.length === 0 ? [] : [{ text: `${name}: `, style: 'faint' }, { text: values.join(' · ') }];
  return [
    ...renderTable(
      COUNT_COLUMNS,
      [
        row(exposure.members.length, 'exposure', 'what can still be used'),
        row(
          continuity.members.length,
          'continuity',
          `workloads that would stop working${together(continuity, collected)}`,
        ),
        row(
          orphans.members.length,
          'orphans',
          `things that nobody would answer for${together(orphans, collected)}`,
        ),
        row(
          cut.members.length,
          'cut',
          `credentials that have to end${foreign > 0 ? `, ${foreign} of them somebody else's` : ''}`,
        ),
        row(conflicts.count, 'conflicts', 'have to end and are needed by what works'),
      ],
      terminal,
    ),
    ...[
      detail('Highest permission', highestPermission === null ? [] : [highestPermission]),
      detail(
        'Resources by sensitivity',
        bySensitivity.map(({ sensitivity, count }) => `${sensitivity ?? 'not rated'} ${count}`),
      ),
      detail(
        'Exposure by kind',
        byKind.map(({ kind, count }) => `${asInSnapshots(kind)} ${count}`),
      ),
    ]
      .filter((line) => line.length > 0)
      .map((line) => renderLine(line, terminal)),
  ];
}

/** A kind as snapshots write it: `ServiceIdentity`. */
function asInSnapshots(kind: string): string {
  return kind
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

const WORST_COLUMNS: readonly Column[] = [
  { title: 'sensitivity' },
  { title: 'can' },
  { title: 'steps', align: 'right' },
  { title: 'resource' },
  { title: 'id' },
];

/** The resources to worry about first, on one screen; how each is reached is in the tree below. */
function worst({ exposure, radius }: Collected, terminal: Terminal): string[] {
  const rows = exposure.members.filter(({ entity }) => isGrave(entity)).slice(0, WORST);
  if (rows.length === 0) return noneGrave(radius.summary.bySensitivity, terminal);
  const alarm = { style: 'alarm' } as const;
  const cells = rows.map((row): Piece[] => [
    { text: String(row.entity.sensitivity), ...alarm },
    { text: levelWords(row) ?? '', ...(row.permission === 'ADMIN' ? alarm : {}) },
    { text: String(row.distance) },
    { text: row.entity.name, style: 'strong' },
    { text: row.entity.id, style: 'faint' },
  ]);
  return [
    renderLine([{ text: 'MOST DANGEROUS', style: 'strong' }], terminal),
    ...renderTable(WORST_COLUMNS, cells, terminal),
  ];
}

/** Why no resource is named: one line, for silence would read as if there were no danger. */
function noneGrave(
  bySensitivity: readonly { readonly sensitivity: string | null; readonly count: number }[],
  terminal: Terminal,
): string[] {
  const unrated = bySensitivity.find(({ sensitivity }) => sensitivity === null)?.count ?? 0;
  const rated = bySensitivity.reduce((sum, { count }) => sum + count, 0) - unrated;
  if (unrated + rated === 0) return [];
  const unknown = unrated === 0 ? '' : `; ${unrated} not rated, so how much they matter is not known`;
  const meaning =
    rated === 0
      ? 'no resource in the exposure is rated, so how much each matters is not known; report `sensitivity`'
      : `no resource in the exposure is rated HIGH or CRITICAL${unknown}`;
  const title = { text: 'MOST DANGEROUS', style: 'strong' } as const;
  return [renderLine([title, { text: `  ${meaning}`, style: 'faint' }], terminal)];
}

interface Section {
  readonly title: string;
  readonly meaning: string;
  readonly count: number;
  readonly shown: Pick<ShownSet, 'tree' | 'more'>;
  readonly facts: Facts;
}

function sections(collected: Collected): Section[] {
  const { exposure, continuity, orphans, cut, conflicts } = collected;
  const levels = new Map(
    exposure.members.map((member) => [
      member.entity.id,
      [levelWords(member), ...scopeWords(member.entity.access ?? [])],
    ]),
  );
  const only = ({ id }: Shown) => [collected.onlyTogether.has(id) ? 'only together' : undefined];
  const counted = (set: ShownSet) => ({ count: set.members.length, shown: set });
  return [
    {
      title: 'CAN STILL USE',
      meaning: 'whoever holds what they held reaches these; the most dangerous come first',
      ...counted(exposure),
      facts: ({ id }: Shown) => levels.get(id) ?? [],
    },
    {
      title: 'STOPS WORKING',
      meaning: 'works now, and would not if everything that stands on them stopped',
      ...counted(continuity),
      facts: only,
    },
    {
      title: 'NOBODY ANSWERS FOR',
      meaning: 'somebody does now, and nobody would once they are gone',
      ...counted(orphans),
      facts: only,
    },
    {
      title: 'HAS TO END',
      meaning: 'leaving makes it necessary to end these credentials',
      ...counted(cut),
      facts: ({ id }: Shown) => [cut.foreign.has(id) ? "somebody else's" : undefined],
    },
    {
      title: 'CONFLICTS',
      meaning:
        'ends and is needed: REHOME gives the workload its own, REISSUE replaces it for its owner, TRANSFER hands it over',
      count: conflicts.count,
      shown: conflicts,
      facts: ({ id }: Shown) => [conflicts.resolutions.get(id)],
    },
  ];
}

function sectionLines(section: Section, unknown: readonly Unknown[], terminal: Terminal): string[] {
  const { title, meaning, count, shown, facts } = section;
  const head = renderLine(
    [
      { text: `${title} (${count})`, style: 'strong' },
      { text: count === 0 ? `  ${briefly('NOTHING', unknown)}` : `  ${meaning}`, style: 'faint' },
    ],
    terminal,
  );
  if (count === 0) return [head];
  const rest = shown.more === 0 ? [] : [`… and ${shown.more} more (--all)`];
  return [head, ...renderTree(drawPaths(shown.tree.root, facts), terminal), ...rest];
}

/** What the marks of the trees mean; said once. */
export const LEGEND = `${MEMBER} in the set, ${ON_THE_WAY} on the way to it. An arrow points as the relationship does.`;
