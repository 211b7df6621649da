import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The program as it is installed. */
export const PROGRAM = join(ROOT, 'build/src/cli.js');

/** The moment at which the demo company is told. */
export const DEMO_CLOCK = '2026-11-23T09:00:00.000Z';

/** What came of one command. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
}

/** A folder with a store of its own, and the program to run on it. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'tendril-cli-'));
  readonly store = join(this.folder, 'graph.db');
  private readonly children = new Set<ChildProcess>();

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the program without waiting for it. Only what a command needs of the environment is passed on. */
  start(words: readonly string[], how: How = {}): ChildProcess {
    return this.startProgram(process.execPath, [PROGRAM, ...words], how);
  }

  startProgram(program: string, words: readonly string[], how: How = {}): ChildProcess {
    const { PATH = '', HOME = this.folder } = process.env;
    const env = { PATH, HOME, TENDRIL_STORE: `sqlite:${this.store}`, TENDRIL_CLOCK: DEMO_CLOCK, ...how.env };
    const child = spawn(program, words, { env, cwd: how.cwd ?? this.folder });
    this.children.add(child);
    child.once('close', () => this.children.delete(child));
    return child;
  }

  /** Runs the program to its end. */
  run(...words: readonly string[]): Promise<Outcome> {
    return this.runWith({}, ...words);
  }

  runWith(how: How, ...words: readonly string[]): Promise<Outcome> {
    const child = this.start(words, how);
    child.stdin?.end(how.stdin ?? '');
    return outcomeOf(child);
  }

  /** Runs the program and gives the value it printed; fails where it did not succeed. */
  async json<T>(...words: readonly string[]): Promise<T> {
    const { code, out, err } = await this.run(...words, '--json');
    if (code !== 0) throw new Error(`tendril ${words.join(' ')} ended with ${code}: ${out}${err}`);
    return JSON.parse(out) as T;
  }

  /** Imports the demo company. */
  async demo(): Promise<void> {
    const { code, err } = await this.run('import', ...demoFiles());
    if (code !== 0) throw new Error(err);
  }

  remove(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function demoFiles(): string[] {
  const folder = join(ROOT, 'seed/demo');
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  // Whoever is not read to the end may stop listening before all is written.
  child.stdin?.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** An error is one line for people, and no stack. */
export function isOneSentence(text: string): boolean {
  return /^[^\n]+[.!?)]\n$/.test(text) && !/\n\s+at |node:internal/.test(text);
}
