/**
 * Reads CSV (RFC 4180), as spreadsheets and the tools of vendors write it: with commas, semicolons or tabs, with or without a byte
 * order mark, with any line ends. Written here because every problem is told with its line and column, and the values
 * of a row that cannot be read must not be taken for others.
 */

/** One row: the line on which it begins (from 1), and its cells. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Why the text is not CSV from some line on. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const SEPARATORS = [',', ';', '\t'] as const;

/** The longest cell, in characters: a quote that is never closed must not gather a whole file. */
const LONGEST_CELL = 1_000_000;

/** How far the end of the first line is looked for, in characters. */
const LONGEST_HEAD = 100_000;

/**
 * The rows of a text that comes in pieces, in order; empty lines are left out. The separator is the one that the first
 * line has most of outside quotes.
 *
 * @throws CsvError at a quote that is never closed, or that is followed by something else than a separator
 */
export async function* readCsv(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<CsvRow, void, undefined> {
  const reader = new CsvReader();
  for await (const piece of pieces) yield* reader.take(piece);
  yield* reader.end();
}

/** Where the reader stands: between cells, in a plain cell, in quotes, or after a quote that may close a cell. */
type State = 'start' | 'plain' | 'quoted' | 'closing';

class CsvReader {
  private state: State = 'start';
  private line = 1;
  private begun = 1;
  private cell = '';
  private cells: string[] = [];
  private separator: string | undefined;
  /** The beginning of the text, until its first line is whole and says what separates. */
  private head = '';
  private afterReturn = false;

  *take(piece: string): Generator<CsvRow> {
    if (this.separator !== undefined) return yield* this.scan(piece);
    this.head += piece;
    if (firstLine(this.head) === undefined && this.head.length < LONGEST_HEAD) return;
    yield* this.begin();
  }

  *end(): Generator<CsvRow> {
    if (this.separator === undefined) yield* this.begin();
    if (this.state === 'quoted')
      throw new CsvError(this.begun, 'has a cell whose quotation mark is never closed');
    if (this.cell !== '' || this.cells.length > 0 || this.state === 'closing') yield* this.endRow();
  }

  private *begin(): Generator<CsvRow> {
    const text = this.head.replace(/^\uFEFF/, '');
    this.separator = separatorOf(firstLine(text) ?? text);
    this.head = '';
    yield* this.scan(text);
  }

  private *scan(text: string): Generator<CsvRow> {
    for (const symbol of text) {
      const isLineEnd = symbol === '\n' || symbol === '\r';
      if (this.afterReturn && symbol === '\n') {
        this.afterReturn = false;
        if (this.state === 'quoted') this.cell += symbol;
        continue;
      }
      this.afterReturn = symbol === '\r';
      if (isLineEnd) this.line += 1;
      if (isLineEnd && this.state !== 'quoted') yield* this.endRow();
      else this.put(symbol);
    }
  }

  private put(symbol: string): void {
    if (this.cell.length > LONGEST_CELL) throw new CsvError(this.begun, 'has a cell that is too long');
    if (this.state === 'quoted') {
      if (symbol === '"') this.state = 'closing';
      else this.cell += symbol;
    } else if (symbol === this.separator) {
      this.endCell();
    } else if (symbol === '"' && this.state === 'closing') {
      this.cell += symbol;
      this.state = 'quoted';
    } else if (this.state === 'closing') {
      throw new CsvError(this.line, 'has something between a closing quotation mark and the next separator');
    } else if (symbol === '"' && this.state === 'start') {
      this.state = 'quoted';
    } else {
      this.cell += symbol;
      this.state = 'plain';
    }
  }

  private endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
    this.state = 'start';
  }

  private *endRow(): Generator<CsvRow> {
    const isEmpty = this.cells.length === 0 && this.cell === '' && this.state === 'start';
    this.endCell();
    const { begun, cells } = this;
    this.cells = [];
    this.begun = this.line;
    if (!isEmpty) yield { line: begun, cells };
  }
}

/** The first line, whose end is in no quotes; undefined where the text ends before. */
function firstLine(text: string): string | undefined {
  const found = /^(?:[^"\r\n]|"[^"]*")*(?=[\r\n])/.exec(text);
  return found?.[0];
}

function separatorOf(line: string): string {
  const plain = line.replace(/"[^"]*"/g, '');
  const counted = SEPARATORS.map((symbol) => [plain.split(symbol).length, symbol] as const);
  return counted.reduce((best, one) => (one[0] > best[0] ? one : best))[1];
}
