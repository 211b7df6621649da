import { ConfigError } from '../config.js';
import { TendrilError } from '../model/errors.js';
import { sqliteCode } from '../store/embedded/failures.js';

/** What a process that ends says to the shell (api, section 1). */
export const EXIT = { done: 0, refused: 1, wrongUsage: 2, noStore: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Why a process ends: a code, and one sentence that says what to do. */
export interface Ending {
  readonly code: ExitCode;
  readonly sentence: string;
}

/** What Node.js tells of an error of the operating system, where it knows. */
interface Told {
  readonly code?: unknown;
  readonly path?: unknown;
  readonly port?: unknown;
  readonly address?: unknown;
  readonly hostname?: unknown;
}

/** Sentences for what the operating system refuses, by its code. */
const LOCAL: Readonly<Record<string, (told: Told) => string>> = {
  EADDRINUSE: (told) =>
    `${portOf(told)} is in use; set TENDRIL_PORT to another one, or stop what listens there.`,
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

/** Rights to a file, or to a port: those below 1024 are not for everybody. */
function notAllowed(told: Told): string {
  if (told.port !== undefined) {
    return `This user may not listen on port ${told.port}; set TENDRIL_PORT to another one, such as 4000.`;
  }
  const what = told.path === undefined ? 'that' : `to use ${told.path}`;
  return `The operating system does not allow this user ${what}; check its rights.`;
}

function portOf({ port, address }: Told): string {
  if (port === undefined) return 'The port';
  return address === undefined ? `Port ${port}` : `Port ${port} of ${address}`;
}

/** Result codes of SQLite for what this machine refuses, and not the store: lock, rights, disk. */
const OF_THIS_MACHINE: readonly number[] = [5, 6, 8, 10, 13];

/** What an error means for the process; undefined for one that is a defect of ours. */
export function endingOf(error: unknown): Ending | undefined {
  if (error instanceof ConfigError) return { code: EXIT.wrongUsage, sentence: error.message };
  if (error instanceof TendrilError) {
    const local = OF_THIS_MACHINE.includes(sqliteCode(error.cause) ?? -1);
    const code = error.code === 'UNAVAILABLE' && !local ? EXIT.noStore : EXIT.refused;
    return { code, sentence: error.message };
  }
  const told = (typeof error === 'object' && error !== null ? error : {}) as Told;
  const sentence = typeof told.code === 'string' ? LOCAL[told.code] : undefined;
  return sentence && { code: EXIT.refused, sentence: sentence(told) };
}
