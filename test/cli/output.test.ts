import { describe, expect, test } from '@jest/globals';
import { renderLine, renderTable, renderTree, shorten, type TreeNode } from '../../src/cli/output.js';
import { terminalOf } from '../../src/cli/terminal.js';

const PAPER = { width: undefined, colour: false };
const leaf = (text: string, ...children: TreeNode[]): TreeNode => ({ line: [{ text }], children });

describe('a terminal', () => {
  test('is only where a person looks', () => {
    expect(terminalOf({}, {})).toEqual(PAPER);
    expect(terminalOf({ isTTY: true, columns: 132 }, {})).toEqual({ width: 132, colour: true });
  });

  test('has no colours for those who asked for none, and is never too narrow to read', () => {
    expect(terminalOf({ isTTY: true, columns: 20 }, { NO_COLOR: '1' })).toEqual({ width: 60, colour: false });
    expect(terminalOf({ isTTY: true, columns: 80 }, { NO_COLOR: '' }).colour).toBe(true);
    expect(terminalOf({ isTTY: true, columns: 80 }, { TERM: 'dumb' }).colour).toBe(false);
  });
});

describe('a line', () => {
  test('shows what would move the cursor or turn the writing, and does not do it', () => {
    const name = 'ada\u001b[2J\nroot \u202egnp.exe';
    expect(renderLine([{ text: name }], PAPER)).toBe('ada\ufffd[2J\ufffdroot \ufffdgnp.exe');
  });

  test('is coloured only on a terminal that wants it', () => {
    const line = [{ text: 'CRITICAL', style: 'alarm' as const }, { text: ' thing' }];
    expect(renderLine(line, PAPER)).toBe('CRITICAL thing');
    expect(renderLine(line, { width: 80, colour: true })).toBe('\u001b[31mCRITICAL\u001b[0m thing');
  });

  test('loses the end of its elastic piece, never an id', () => {
    const line = [
      { text: 'A name that goes on for longer than anybody reads', elastic: true },
      { text: ' github:acme/repo/web' },
    ];
    expect(renderLine(line, { width: 60, colour: false })).toBe(
      'A name that goes on for longer than an… github:acme/repo/web',
    );
    expect(renderLine(line, PAPER)).toContain('than anybody reads github:acme/repo/web');
  });
});

test('shortening counts characters, not code units', () => {
  expect(shorten('🦭🦭🦭🦭', 3)).toBe('🦭🦭…');
  expect(shorten('🦭🦭🦭', 3)).toBe('🦭🦭🦭');
  expect(shorten('abc', 0)).toBe('');
});

test('a tree draws its branches, and none below the last one', () => {
  const tree = leaf('root', leaf('a', leaf('a1'), leaf('a2', leaf('deep'))), leaf('b', leaf('b1')));
  expect(renderTree(tree, PAPER)).toEqual([
    'root',
    '├─ a',
    '│  ├─ a1',
    '│  └─ a2',
    '│     └─ deep',
    '└─ b',
    '   └─ b1',
  ]);
});

describe('a table', () => {
  const columns = [{ title: 'how many', align: 'right' as const }, { title: 'of what' }];
  const rows = [
    [{ text: '7' }, { text: 'jobs' }],
    [{ text: '1234' }, { text: 'résumés' }],
  ];

  test('puts numbers to the right and words to the left', () => {
    expect(renderTable(columns, rows, PAPER)).toEqual([
      'how many  of what',
      '       7  jobs',
      '    1234  résumés',
    ]);
  });

  test('has no head when it has no titles, and no room for what is not there', () => {
    const untitled = columns.map((column) => ({ ...column, title: '' }));
    expect(renderTable(untitled, rows, PAPER)).toEqual(['   7  jobs', '1234  résumés']);
    expect(renderTable(untitled, [], PAPER)).toEqual([]);
  });
});
