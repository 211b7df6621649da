/**
 * Where a text stops being JSON (RFC 8259). The engine's own parser says so only sometimes, and its messages
 * repeat what was sent, which may hold a credential. This is asked only about text that did not parse.
 *
 * No parser from outside does this: `jsonc-parser` gives the start of a string where a character of it is wrong, and
 * overflows the stack where brackets nest ten thousand deep, and is not faster (20 MB in 0.8 s, as here); `yaml` accepts
 * much that is not JSON, such as single quotes.
 */

/** Offset of the first character that cannot stand where it does; the length where the text just ends. */
export function jsonErrorOffset(text: string): number {
  return new Scan(text).run();
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

type Expecting = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end';

class Scan {
  private at = 0;
  private readonly open: ('{' | '[')[] = [];
  private expecting: Expecting = 'value';

  constructor(private readonly text: string) {}

  run(): number {
    for (;;) {
      this.skip(SPACE);
      if (this.at >= this.text.length) return this.text.length;
      if (!this.step(this.text[this.at] as string)) return this.at;
    }
  }

  /** Reads one token; false where it cannot stand here. */
  private step(char: string): boolean {
    switch (this.expecting) {
      case 'valueOrClose':
        return char === ']' ? this.close() : this.value(char);
      case 'value':
        return this.value(char);
      case 'keyOrClose':
        return char === '}' ? this.close() : this.key(char);
      case 'key':
        return this.key(char);
      case 'colon':
        return char === ':' && this.move('value');
      case 'commaOrClose':
        return this.comma(char);
      default:
        return false;
    }
  }

  private comma(char: string): boolean {
    const inObject = this.open.at(-1) === '{';
    if (char === ',') return this.move(inObject ? 'key' : 'value');
    return char === (inObject ? '}' : ']') && this.close();
  }

  private key(char: string): boolean {
    if (char !== '"' || !this.string()) return false;
    this.expecting = 'colon';
    return true;
  }

  private value(char: string): boolean {
    if (char === '{' || char === '[') {
      this.open.push(char);
      return this.move(char === '{' ? 'keyOrClose' : 'valueOrClose');
    }
    if (char === '"') return this.string() && this.after();
    const word = ['true', 'false', 'null'].find((literal) => this.text.startsWith(literal, this.at));
    if (word !== undefined) {
      this.at += word.length;
      return this.after();
    }
    return this.skip(NUMBER) && this.after();
  }

  /** Reads a string from its opening quoteValue to its closing one; stops where it breaks off. */
  private string(): boolean {
    this.at += 1;
    for (;;) {
      const char = this.text[this.at];
      // A control character has to be escaped.
      if (char === undefined || char < ' ') return false;
      if (char === '\\') {
        if (!this.skip(ESCAPE)) return false;
        continue;
      }
      this.at += 1;
      if (char === '"') return true;
    }
  }

  private close(): boolean {
    this.open.pop();
    this.at += 1;
    return this.after();
  }

  private after(): boolean {
    this.expecting = this.open.length === 0 ? 'end' : 'commaOrClose';
    return true;
  }

  private move(next: Expecting): boolean {
    this.at += 1;
    this.expecting = next;
    return true;
  }

  /** Moves over what the pattern matches here; whether that was anything. */
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const matched = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += matched;
    return matched > 0;
  }
}
