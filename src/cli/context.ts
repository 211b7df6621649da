import type { Terminal } from './terminal.js';

/** What every command is given: its environment, and how it prints. */
export interface Context {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For machines: one JSON value on stdout. */
  readonly json: boolean;
  /** Where results go. */
  readonly terminal: Terminal;
  /** Whether stderr is a terminal: progress is for people only. */
  readonly watched: boolean;
  /** The exit code when nothing is thrown: 0, unless a command has found a problem. */
  exitCode: number;
  /** A result, on stdout. */
  readonly print: (text: string) => void;
  /** Something a person should know besides the result, on stderr: one line. */
  readonly note: (sentence: string) => void;
}

/** One JSON value as the result. */
export function printJson(context: Context, value: unknown): void {
  context.print(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLines(context: Context, lines: readonly string[]): void {
  if (lines.length > 0) context.print(`${lines.join('\n')}\n`);
}
