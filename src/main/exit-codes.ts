import { ConfigError } from '../config.js';
import { TendrilError } from '../model/errors.js';
import { sqliteCode } from '../store/embedded/failures.js';

/** Exit codes (api, section 1). */
export const EXIT = { done: 0, refused: 1, wrongUsage: 2, noStore: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a process ends: its exit code, and one sentence that says what to do. */
export interface ProcessExit {
  readonly code: ExitCode;
  readonly sentence: string;
}

/** What Node.js adds to an error of the operating system, where it applies. */
interface SystemError {
  readonly code?: unknown;
  readonly path?: unknown;
  readonly port?: unknown;
  readonly address?: unknown;
  readonly hostname?: unknown;
}

/** Sentences for errors of the operating system, by code. */
const LOCAL: Readonly<Record<string, (error: SystemError) => string>> = {
  EADDRINUSE: (error) =>
    `${portOf(error)} is in use; set TENDRIL_PORT to another one, or stop what listens there.`,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: ({ path }) => `${path ?? 'The disk'} can only be read; name another path.`,
  EADDRNOTAVAIL: ({ address }) =>
    `This machine has no address ${address ?? 'like that'}; set TENDRIL_HOST to one it has.`,
  ENOTFOUND: ({ hostname }) =>
    `There is no host ${hostname ?? 'like that'}; set TENDRIL_HOST to an address of this machine.`,
  ENOENT: ({ path }) => `${path ?? 'A file'} is not there; check the path.`,
  ENOSPC: ({ path }) => `The disk${path ? ` under ${path}` : ''} is full; make room and try again.`,
  EFBIG: ({ path }) =>
    `${path ?? 'A file'} may not grow that large on this disk or for this user; make room.`,
};

/** The sentence for missing rights to a file or a port; ports below 1024 need special rights. */
function notAllowed(error: SystemError): string {
  if (error.port !== undefined) {
    return `This user may not listen on port ${error.port}; set TENDRIL_PORT to another one, such as 4000.`;
  }
  const what = error.path === undefined ? 'that' : `to use ${error.path}`;
  return `The operating system does not allow this user ${what}; check its rights.`;
}

function portOf({ port, address }: SystemError): string {
  if (port === undefined) return 'The port';
  return address === undefined ? `Port ${port}` : `Port ${port} of ${address}`;
}

/** Result codes of SQLite for errors of this machine, and not of the store: lock, rights, disk. */
const OF_THIS_MACHINE: readonly number[] = [5, 6, 8, 10, 13];

/** What an error means for the process; undefined where it is a defect of the program. */
export function processExitOf(error: unknown): ProcessExit | undefined {
  if (error instanceof ConfigError) return { code: EXIT.wrongUsage, sentence: error.message };
  if (error instanceof TendrilError) {
    const local = OF_THIS_MACHINE.includes(sqliteCode(error.cause) ?? -1);
    const code = error.code === 'UNAVAILABLE' && !local ? EXIT.noStore : EXIT.refused;
    return { code, sentence: error.message };
  }
  const refused = (typeof error === 'object' && error !== null ? error : {}) as SystemError;
  const sentence = typeof refused.code === 'string' ? LOCAL[refused.code] : undefined;
  return sentence && { code: EXIT.refused, sentence: sentence(refused) };
}
