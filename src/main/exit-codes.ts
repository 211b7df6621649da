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

/** Sentences for what the operating system refuses, by its code. */
const LOCAL: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is in use; set TENDRIL_PORT to another one, or stop what listens there.',
  EACCES: 'The operating system does not allow that; check the rights of this user.',
  EADDRNOTAVAIL: 'This machine has no such address; set TENDRIL_HOST to one it has.',
  ENOTFOUND: 'There is no such host; set TENDRIL_HOST to an address of this machine.',
  ENOENT: 'A file is not there; check the path.',
  ENOSPC: 'The disk is full; make room and try again.',
};

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
  const code = (error as { code?: unknown } | null)?.code;
  const sentence = typeof code === 'string' ? LOCAL[code] : undefined;
  return sentence === undefined ? undefined : { code: EXIT.refused, sentence };
}
