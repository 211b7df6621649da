import { existsSync } from 'node:fs';
import pino from 'pino';
import type { Viewer } from '../../api/access/access.js';
import type { Limits } from '../../api/limits/limits.js';
import { compose, type Tendril } from '../../compose.js';
import type { Config } from '../../config.js';
import { unavailable } from '../../model/errors.js';
import type { ClientOptions } from '../client.js';
import { InProcessClient, requireExporter, requireImporter } from './in-process-client.js';
import { viewerOf } from './viewer-of.js';

/** The largest number that GraphQL's Int and a timer take. */
const NO_END = 2 ** 31 - 1;

/** A process of its own needs no limits on an answer: its user may wait for it, or stop it with Ctrl-C. */
const LIMITS: Partial<Limits> = { pageSize: NO_END, operationMillis: NO_END, answerBytes: NO_END };

/** The parts of Tendril on a local store, and who works with them. */
export interface Local {
  readonly tendril: Tendril;
  readonly viewer: Viewer;
}

/**
 * Puts the parts together on the store that a configuration names.
 *
 * @throws ConfigError, UNAUTHENTICATED, UNAVAILABLE; FORBIDDEN where the purpose is not for the roles of the person
 */
export async function openLocal(config: Config, purpose?: ClientOptions['purpose']): Promise<Local> {
  const viewer = await viewerOf(config);
  // Before the store is opened: who is refused should not leave an empty one behind.
  if (purpose === 'import') requireImporter(viewer);
  if (purpose === 'export') requireExporter(viewer);
  if (purpose !== 'import') requireStore(config);
  // The command line prints sentences; the log is for the service.
  return { viewer, tendril: await compose(config, { log: pino({ enabled: false }), limits: LIMITS }) };
}

/** A client that answers from the local store in this process. @throws as {@link openLocal} */
export async function openInProcess(config: Config, options: ClientOptions): Promise<InProcessClient> {
  return clientOf(await openLocal(config, options.purpose), options.note);
}

/** @param note hears what a person should know besides the result */
export function clientOf({ tendril, viewer }: Local, note?: ClientOptions['note']): InProcessClient {
  return new InProcessClient(tendril, viewer, NO_END, note);
}

const FILE = /^sqlite:(?!:memory:$)(.+)$/;

/** A query does not make a store. @throws UNAVAILABLE where there is none */
function requireStore(config: Config): void {
  const [, path] = FILE.exec(config.store) ?? [];
  if (path === undefined || existsSync(path)) return;
  throw unavailable(
    `There is no store at ${path}; set TENDRIL_STORE to one, or make it: import a file into it, or run \`npm start\`.`,
  );
}
