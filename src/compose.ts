import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pino, { type Logger } from 'pino';
import { DEFAULT_LIMITS, type Limits } from './api/limits.js';
import { PeopleCache } from './api/people/people-cache.js';
import { RevisionCache } from './api/revision-cache.js';
import type { Services } from './api/services.js';
import { type Config, ConfigError } from './config.js';
import { openGraphs } from './graph/live-graphs.js';
import type { Clock } from './model/clock.js';
import type { Millis } from './model/time.js';
import { openEmbedded } from './store/embedded/index.js';
import type { Store } from './store/store.js';

/** All the parts, put together. */
export interface Tendril extends Services {
  readonly config: Config;
  /** Where bodies wait until they are whole: beside the store, so that one disk holds both. */
  readonly spoolDir: string;
  /** Lets go of everything. Twice is the same as once. */
  close(): Promise<void>;
}

/** What tests put in the place of what a configuration says. */
export interface Instead {
  readonly limits?: Partial<Limits>;
  readonly log?: Logger;
  /** Stands around the store, for example to count its calls. */
  readonly around?: (store: Store) => Store;
}

/**
 * The only place that builds concrete stores, clocks and graphs.
 *
 * @throws UNAVAILABLE where the store cannot be opened
 */
export async function compose(config: Config, instead: Instead = {}): Promise<Tendril> {
  const opened = await openStore(config.store);
  const store = instead.around?.(opened) ?? opened;
  const scratch = await scratchFor(config.store);
  return {
    config,
    store,
    graphs: openGraphs(store),
    clock: clockOf(config.clock),
    log: instead.log ?? standardLog(),
    limits: { ...DEFAULT_LIMITS, ...instead.limits },
    staleAfter: config.staleAfter,
    people: new PeopleCache(),
    entitiesBySource: new RevisionCache(),
    unowned: new RevisionCache(),
    spoolDir: scratch.path,
    async close() {
      await opened.close();
      await scratch.remove();
    },
  };
}

const SCHEME = 'sqlite:';
const IN_MEMORY = ':memory:';

/** Opens the store at an address: `sqlite:PATH`, `sqlite::memory:`. @throws UNAVAILABLE, ConfigError */
export async function openStore(address: string, readOnly = false): Promise<Store> {
  return openEmbedded({ path: pathOf(address), readOnly });
}

function pathOf(address: string): string {
  if (!address.startsWith(SCHEME)) throw new ConfigError(`No engine of this version opens ${address}.`);
  return address.slice(SCHEME.length);
}

async function scratchFor(address: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = pathOf(address);
  if (path !== IN_MEMORY) return { path: join(dirname(path), 'incoming'), remove: async () => {} };
  const made = await mkdtemp(join(tmpdir(), 'tendril-'));
  return { path: made, remove: () => rm(made, { recursive: true, force: true }) };
}

function clockOf(fixed: Millis | null): Clock {
  return fixed === null ? { now: () => Date.now() } : { now: () => fixed };
}

/** One JSON line an event, on stderr: stdout is for people and for results. */
function standardLog(): Logger {
  return pino(
    { name: 'tendril', timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
