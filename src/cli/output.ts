import type { Terminal } from './terminal.js';

/** How a piece of text stands out; without colours it does not. */
export type Style = 'plain' | 'strong' | 'faint' | 'alarm' | 'warning';

/** SGR parameters of ECMA-48. */
const CODES: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  alarm: '31',
  warning: '33',
};

/** A piece of a line. At most one piece of a line is `elastic`: it is shortened where the line is too long. */
export interface Piece {
  readonly text: string;
  readonly style?: Style;
  readonly elastic?: boolean;
}

export type Line = readonly Piece[];

/** A node of a tree, and what is below it. */
export interface TreeNode {
  readonly line: Line;
  readonly children: readonly TreeNode[];
}

/** What a control character or one that turns the direction of writing is shown as. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text of a source as it may go to a screen: what would move the cursor, change colours or reorder the line
 * is replaced, for a name is not ours to trust.
 */
export function harmless(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}

/** How many columns a text takes: its code points, which is right for all but wide scripts and marks. */
export function columns(text: string): number {
  return [...text].length;
}

/** The text in at most `width` columns, with an ellipsis where something was cut. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`;
}

/** Shortest that an elastic piece becomes: below that it tells nothing. */
const ELASTIC_AT_LEAST = 12;

/** A line as text: harmless, fitted to the terminal where its elastic piece allows, coloured if wanted. */
export function renderLine(line: Line, terminal: Terminal): string {
  const pieces = line.map((piece) => ({ ...piece, text: harmless(piece.text) }));
  const total = pieces.reduce((sum, piece) => sum + columns(piece.text), 0);
  const excess = terminal.width === undefined ? 0 : total - terminal.width;
  return pieces
    .map((piece) => {
      const cut = piece.elastic === true && excess > 0;
      const room = Math.max(ELASTIC_AT_LEAST, columns(piece.text) - excess);
      return paint(cut ? shorten(piece.text, room) : piece.text, piece.style ?? 'plain', terminal);
    })
    .join('')
    .trimEnd();
}

function paint(text: string, style: Style, terminal: Terminal): string {
  const code = CODES[style];
  return terminal.colour && code !== '' && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** A tree as lines: the root at the margin, each level further in, its branches drawn. */
export function renderTree(root: TreeNode, terminal: Terminal): string[] {
  const lines = [renderLine(root.line, terminal)];
  renderBranches(root.children, '', terminal, lines);
  return lines;
}

function renderBranches(
  nodes: readonly TreeNode[],
  margin: string,
  terminal: Terminal,
  lines: string[],
): void {
  nodes.forEach((node, at) => {
    const last = at === nodes.length - 1;
    const branch: Piece = { text: `${margin}${last ? '└─ ' : '├─ '}`, style: 'faint' };
    lines.push(renderLine([branch, ...node.line], terminal));
    renderBranches(node.children, `${margin}${last ? '   ' : '│  '}`, terminal, lines);
  });
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * Rows under each other. Every column is as wide as its widest cell; the last is cut at the edge of the
 * terminal only if it is elastic. Titles are left out when none is given.
 */
export function renderTable(
  columnsOf: readonly Column[],
  rows: readonly (readonly Piece[])[],
  terminal: Terminal,
): string[] {
  const titled = columnsOf.some((column) => column.title !== '');
  const head: Line = columnsOf.map(({ title }): Piece => ({ text: title, style: 'faint' }));
  const all = titled ? [head, ...rows] : rows;
  const widths = columnsOf.map((_, at) =>
    Math.max(0, ...all.map((row) => columns(harmless(row[at]?.text ?? '')))),
  );
  return all.map((row) =>
    renderLine(
      row.flatMap((cell, at): Piece[] => {
        const gap = at === 0 ? '' : '  ';
        const space = ' '.repeat((widths[at] ?? 0) - columns(harmless(cell.text)));
        const right = columnsOf[at]?.align === 'right';
        return [{ text: right ? gap + space : gap }, cell, { text: right ? '' : space }];
      }),
      terminal,
    ),
  );
}
