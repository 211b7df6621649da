import { CommanderError } from 'commander';
import { EXIT } from '../client/local/exit.js';
import { VARIABLES } from '../config/variables.js';
import { refusal } from '../model/errors.js';
import type { Context } from './context.js';
import { type Failure, failureJson, failureOf, problemsOf } from './failure.js';
import { renderTable } from './output.js';
import { buildProgram } from './program.js';

/** How many problems of a refused snapshot are shown; `--json` has the first hundred. */
const SHOWN_PROBLEMS = 20;

/**
 * Runs one command line and gives the exit code. Whatever goes wrong is told once: one sentence on stderr, or
 * with `--json` one value on stdout.
 *
 * @param argv the words after the program's name
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    const program = buildProgram(context);
    await program.parseAsync(asHelp(argv), { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander also throws after it has shown the help or the version that was asked for.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return tell(context, whereAsked(failureOf(error), context));
  }
}

/** What is not there is not there in one store or service: the sentence names it. */
function whereAsked(failure: Failure, { environment }: Context): Failure {
  if (failure.code !== 'NOT_FOUND') return failure;
  return { ...failure, message: `${failure.message} This was asked of ${placeIn(environment)}.` };
}

const DEFAULT_STORE = VARIABLES.find(({ variable }) => variable === 'TENDRIL_STORE')?.default ?? '';

/** The service or the store that a command asks, without what is secret in an address. */
function placeIn({ TENDRIL_URL, TENDRIL_STORE }: Context['environment']): string {
  const withoutSecrets = (address: string) => address.replace(/\/\/[^/@]*@/, '//');
  if (TENDRIL_URL) return `the service at ${withoutSecrets(TENDRIL_URL)} (TENDRIL_URL)`;
  return `the store ${withoutSecrets(TENDRIL_STORE || DEFAULT_STORE)} (TENDRIL_STORE)`;
}

/** `help offboard plan` is `offboard plan --help`: commander knows only one word after `help`. */
function asHelp(argv: readonly string[]): readonly string[] {
  const options = argv.filter((word) => word.startsWith('-'));
  const [first, ...words] = argv.filter((word) => !word.startsWith('-'));
  return first === 'help' && words.length > 1 ? [...words, ...options, '--help'] : argv;
}

/** Tells of a failure and gives its exit code. */
export function tell(context: Context, failure: Failure): number {
  if (context.json) {
    context.print(`${JSON.stringify(failureJson(failure))}\n`);
    return failure.exitCode;
  }
  const problems = problemsOf(failure);
  const rows = problems
    .slice(0, SHOWN_PROBLEMS)
    .map(({ row, field, rule, message }) => [row, field, rule, message].map((text) => ({ text })));
  const columns = ['row', 'field', 'rule', 'message'].map((title) => ({ title }));
  const plain = { width: undefined, colour: false };
  // The list that follows begins with the first problem, so the sentence need not name it.
  const count = failure.code === 'SNAPSHOT_REFUSED' ? Number(failure.details.problemCount) : 0;
  context.note(rows.length > 0 && count > 0 ? refusal(count) : failure.message);
  if (rows.length > 0) for (const line of renderTable(columns, rows, plain)) context.note(line);
  const more = Number(failure.details.problemCount ?? 0) - rows.length;
  if (rows.length > 0 && more > 0) context.note(`… and ${more} more`);
  return failure.exitCode;
}
