import { createInterface } from 'node:readline/promises';
import { conflict } from '../model/errors.js';
import type { Context } from './context.js';
import { INTERRUPTED, Interrupted } from './interrupted.js';
import { UsageError } from './usage-error.js';

/** How a person agrees beforehand, so that no question is asked. */
export interface Agreed {
  /** `--yes`, or something that says as much, was given. */
  readonly yes: boolean;
  /** What to add to the command where there is no terminal to ask at. */
  readonly how: string;
}

/**
 * Asks the person at the terminal whether to go on. Without a terminal, only what was agreed to beforehand goes on:
 * a script that forgot it must not cut anything off.
 *
 * @param question without the question mark
 * @throws UsageError where there is no terminal; CONFLICT where the answer is no; Interrupted at Ctrl-C or Ctrl-D
 */
export async function confirm(context: Context, question: string, { yes, how }: Agreed): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !context.watched || context.json) {
    throw new UsageError(`Nobody can be asked here whether to go on; add ${how} if it is what you mean.`);
  }
  // The question is for the person, not part of the result.
  const answer = await askAt(process.stdin, process.stderr, `${question}? Only "yes" goes on: `);
  if (answer.trim().toLowerCase() !== 'yes') throw conflict('Nothing was done: the answer was not "yes".');
}

/**
 * Asks a question at a terminal.
 *
 * @throws Interrupted at Ctrl-C, and at Ctrl-D or another end of the input
 */
export async function askAt(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      // After an answer this rejects nothing any more.
      const interrupt = () => reject(new Interrupted('Stopped: nothing was done.', INTERRUPTED));
      lines.once('SIGINT', interrupt).once('close', interrupt);
      lines.question(question).then(resolve, reject);
    });
  } finally {
    lines.close();
  }
}
