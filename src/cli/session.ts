import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import pino from 'pino';
import type { Viewer } from '../api/access/access.js';
import type { Limits } from '../api/limits/limits.js';
import { Operation } from '../api/operation/operation.js';
import { compose, type Tendril } from '../compose.js';
import { type Config, readConfig } from '../config.js';
import { unavailable } from '../model/errors.js';
import type { Role } from '../model/roles.js';
import type { Context } from './context.js';
import { permit, viewerOf } from './who.js';

/** What a command works with, and as whom. */
export interface Session extends Tendril {
  readonly viewer: Viewer;
  /** The one state and moment that the command speaks of. */
  readonly operation: Operation;
}

export interface SessionOptions {
  /** The roles that may do this. */
  readonly as: readonly Role[];
  /** Make a store where there is none: only what fills it does. */
  readonly create?: boolean;
}

/** The largest number that GraphQL's Int and a timer take. */
const NO_END = 2 ** 31 - 1;

/** A person may wait for an answer and stop it with Ctrl-C; nobody else waits meanwhile. */
const LIMITS: Partial<Limits> = { pageSize: NO_END, operationMillis: NO_END, answerBytes: NO_END };

/**
 * Opens the store for one piece of work and closes it whatever comes of that.
 *
 * @throws ConfigError, UNAUTHENTICATED, FORBIDDEN, UNAVAILABLE
 */
export async function withSession<T>(
  context: Context,
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const config = readConfig(context.environment);
  const viewer = await viewerOf(config);
  permit(viewer, options.as);
  if (options.create !== true) requireStore(config);
  // What people should know is told in sentences; the log is the service's.
  const tendril = await compose(config, { log: pino({ enabled: false }), limits: LIMITS });
  try {
    const operation = new Operation(tendril, { viewer, requestId: randomUUID() });
    return await work({ ...tendril, viewer, operation });
  } finally {
    await tendril.close();
  }
}

const FILE = /^sqlite:(?!:memory:$)(.+)$/;

/** A question is no reason to make a store. @throws UNAVAILABLE where there is none */
export function requireStore(config: Config): void {
  const [, path] = FILE.exec(config.store) ?? [];
  if (path === undefined || existsSync(path)) return;
  throw unavailable(
    `There is no store at ${path}; set TENDRIL_STORE to one, or make it: import a file into it, or run \`npm start\`.`,
  );
}
