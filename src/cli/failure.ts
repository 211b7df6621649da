import { CommanderError } from 'commander';
import { EXIT, processExitOf } from '../client/local/exit.js';
import { ConfigError } from '../config.js';
import { type ErrorCode, type Problem, TendrilError } from '../model/errors.js';
import { Interrupted } from './interrupted.js';
import { UsageError } from './usage-error.js';

/** How a command failed. */
export interface Failure {
  readonly exitCode: number;
  readonly code: ErrorCode;
  /** One sentence that says what to do. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What commander throws where a command is missing, in the place of its help. */
const HELP = 'commander.help';

/** What the file system says of a path that the caller gave: it is the path that is wrong. */
const WRONG_PATH: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; check the path',
  EISDIR: 'is a folder; name a file',
  ENOTDIR: 'has a file where it should have a folder; check the path',
  EEXIST: 'is there already as something else; name another path',
};

/** What any error means to the one who typed the command. Nothing is told twice, and no stack is shown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Interrupted) return failure(error.exitCode, 'UNAVAILABLE', error.message);
  if (error instanceof CommanderError && error.code === HELP) {
    return failure(
      EXIT.wrongUsage,
      'BAD_INPUT',
      'Name one of the commands; `tendril help` says which there are.',
    );
  }
  if (error instanceof UsageError || error instanceof ConfigError) {
    return failure(EXIT.wrongUsage, 'BAD_INPUT', ended(error.message));
  }
  if (error instanceof TendrilError) {
    const exitCode = processExitOf(error)?.code ?? EXIT.refused;
    return { exitCode, code: error.code, message: error.message, details: error.details };
  }
  return ofSystem(error) ?? defect(error);
}

function ofSystem(error: unknown): Failure | undefined {
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown };
  const wrong = typeof code === 'string' ? WRONG_PATH[code] : undefined;
  if (wrong !== undefined && typeof path === 'string') {
    return failure(EXIT.wrongUsage, 'BAD_INPUT', `${path} ${wrong}.`);
  }
  const ending = processExitOf(error);
  return ending && failure(ending.code, 'UNAVAILABLE', ending.sentence);
}

function defect(error: unknown): Failure {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `Something went wrong inside Tendril (${what.split('\n')[0]}); report it with the command you ran.`;
  return failure(EXIT.refused, 'INTERNAL', message);
}

function failure(exitCode: number, code: ErrorCode, message: string): Failure {
  return { exitCode, code, message, details: {} };
}

/** A sentence as it is told: a message may end with what another program said, without a full stop. */
function ended(message: string): string {
  const text = message.replaceAll('\n', ' ').trim();
  return /[.?!)]$/.test(text) ? text : `${text}.`;
}

/** The problems that a refused snapshot lists. */
export function problemsOf({ details }: Failure): readonly Problem[] {
  return Array.isArray(details.problems) ? (details.problems as Problem[]) : [];
}

/** A failure for machines (api, section 1). */
export function failureJson({ code, message, details }: Failure): object {
  return { error: { code, message, ...details } };
}
