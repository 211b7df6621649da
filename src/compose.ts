import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Aggregates } from './api/aggregate/aggregates.js';
import { DEFAULT_LIMITS, type Limits } from './api/limits/limits.js';
import { LiveReads } from './api/live/live-reads.js';
import { RevisionCache } from './api/operation/revision-cache.js';
import type { Services } from './api/operation/services.js';
import { tracedCalls } from './api/tracing/traced-calls.js';
import { tracedStore } from './api/tracing/traced-store.js';
import { NO_TRACING, type Tracing } from './api/tracing/tracing.js';
import { readConfiguredFile } from './config/read-file.js';
import type { Config } from './config.js';
import { AutoGraphProvider, type IndexKind } from './graph/auto-provider.js';
import { Follower } from './graph/follower/follower.js';
import { FETCH_LIMITS, type FetchLimits } from './graph/from-store/store-graph-state.js';
import { StoreGraphProvider } from './graph/from-store/store-provider.js';
import { openMemoryProvider } from './graph/memory/memory-provider.js';
import { removeLeftovers } from './import/read/spool.js';
import type { Clock } from './model/clock.js';
import { badInput } from './model/errors.js';
import type { Millis } from './model/time.js';
import type { CaseContext } from './offboarding/case-context.js';
import { CaseRunner } from './offboarding/execute/case-runner.js';
import { settleShown } from './offboarding/execute/settle-shown.js';
import { type CheckedPolicy, readDefaultPolicy, readPolicy } from './offboarding/policy/read-policy.js';
import { openPostCaseMonitor } from './offboarding/post-case/post-case-monitor.js';
import type { Actuators, CallBacks } from './sources/actuator.js';
import { actuatorsBy } from './sources/actuators.js';
import { MANUAL, manualActuator } from './sources/manual/manual-actuator.js';
import { SIMULATED, simulatedActuator } from './sources/simulated/simulated-actuator.js';
import { webhookCallBacks } from './sources/webhook/call-backs.js';
import { WEBHOOK, WebhookActuator } from './sources/webhook/webhook.js';
import { addressInWords, readWebhooks, type Webhook } from './sources/webhook/webhooks.js';
import { copyEmbedded } from './store/embedded/copy.js';
import { openEmbedded } from './store/embedded/index.js';
import type { Store } from './store/store.js';

/** All parts of the service, composed. */
export interface Tendril extends Services {
  readonly config: Config;
  readonly runner: CaseRunner;
  /** The graphs, with the index that was chosen and the reason for it. */
  readonly graphs: AutoGraphProvider;
  /** The folder for bodies that have not arrived completely. It is beside the store, so that one disk holds both. */
  readonly spoolDir: string;
  /** Closes everything. A second call does nothing. */
  close(): Promise<void>;
}

/** Parts that replace what the configuration says, mostly in tests. */
export interface Overrides {
  readonly limits?: Partial<Limits>;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  readonly index?: IndexKind;
  readonly fetching?: Partial<FetchLimits>;
  /** Wraps the store, for example to count its calls. */
  readonly around?: (store: Store) => Store;
  readonly actuators?: Actuators;
  readonly callBacks?: CallBacks;
}

/**
 * The only place that builds concrete stores, clocks and graphs.
 *
 * @throws UNAVAILABLE where the store cannot be opened
 */
export async function compose(
  config: Config,
  options: Overrides & { readonly log: Logger },
): Promise<Tendril> {
  const policy = readPolicyFile(config);
  const webhooks = readWebhooksFile(config);
  const opened = await openStore(config);
  const tracing = options.tracing ?? NO_TRACING;
  const store = traced(options.around?.(opened) ?? opened, tracing, config);
  const scratch = await scratchFor(config);
  const preference = { wanted: options.index ?? config.index, memory: config.indexMemory ?? totalmem() / 2 };
  const limitsOfFetching = { ...FETCH_LIMITS, ...options.fetching };
  const graphs = new AutoGraphProvider(store, preference, {
    memory: openMemoryProvider(store),
    store: new StoreGraphProvider(store, limitsOfFetching),
  });
  const clock = clockOf(config.clock);
  const { log } = options;
  const actuators = options.actuators ?? standardActuators(webhooks, clock, tracing);
  const { staleAfter, warnBefore } = config;
  const clockKind = config.clock === null ? 'SYSTEM' : 'FIXED';
  const using = { store, graphs, clock, clockKind, policy, actuators } as const;
  const caseContext: CaseContext = { ...using, staleAfter, instance: randomUUID() };
  return {
    config,
    store,
    graphs,
    caseContext,
    callBacks: options.callBacks ?? webhookCallBacks(webhooks),
    runner: new CaseRunner(caseContext, log),
    follower: new Follower(store, graphs, clock, log),
    clock,
    log,
    tracing,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    staleAfter,
    warnBefore,
    policy,
    postCaseMonitor: {
      ...openPostCaseMonitor({ store, clock, clockKind }),
      committed: () => settleAfterImport(caseContext, log),
    },
    live: new LiveReads(store),
    aggregates: new Aggregates(store, graphs, clock, log),
    entitiesBySource: new RevisionCache(),
    spoolDir: scratch.path,
    async close() {
      await opened.close();
      await scratch.remove();
    },
  };
}

/** Settles what an import shows as done. The import is committed: what fails here is tried again by a runner. */
async function settleAfterImport(caseContext: CaseContext, log: Logger): Promise<void> {
  await settleShown(caseContext).catch((error: unknown) =>
    log.warn({ err: error }, 'what an import shows as done could not be settled; it is tried again'),
  );
}

/** Wraps the store for tracing, where something is traced. */
function traced(store: Store, tracing: Tracing, { neo4j }: Config): Store {
  return tracing === NO_TRACING ? store : tracedStore(store, tracing, neo4j === null ? 'sqlite' : 'neo4j');
}

/** The actuators of all kinds of actuation. */
function standardActuators(
  webhooks: ReadonlyMap<string, Webhook>,
  clock: Clock,
  tracing: Tracing,
): Actuators {
  const known = {
    [MANUAL]: manualActuator,
    [SIMULATED]: simulatedActuator,
    [WEBHOOK]: new WebhookActuator(webhooks, clock, tracedCalls(tracing)),
  };
  return actuatorsBy(known, ({ id, actuation }) => {
    const webhook = actuation === WEBHOOK ? webhooks.get(id) : undefined;
    return webhook === undefined ? null : addressInWords(webhook);
  });
}

const SCHEME = 'sqlite:';
const IN_MEMORY = ':memory:';

/** Opens the store that a configuration names. @throws UNAVAILABLE where it cannot be reached or read */
export async function openStore(config: Config, readOnly = false): Promise<Store> {
  if (config.neo4j === null) return openEmbedded({ path: pathOf(config.store), readOnly });
  const { user, password, database } = config.neo4j;
  // Its driver takes long to load, and most commands open a file.
  const { openNeo4j } = await import('./store/neo4j/index.js');
  return openNeo4j({ uri: config.store, user, password, ...(database === null ? {} : { database }) });
}

/**
 * Copies the embedded store that a configuration names, while other processes may use it.
 *
 * @throws BAD_INPUT where the store is a server or in memory, or where the file exists
 */
export async function copyStore(config: Config, file: string): Promise<void> {
  const path = pathOf(config.store);
  if (config.neo4j !== null || path === IN_MEMORY) {
    throw badInput(
      'Only a store that is a file is copied like this; stop Neo4j and dump it with `neo4j-admin database dump neo4j`.',
    );
  }
  copyEmbedded(path, file);
}

const pathOf = (address: string): string => address.slice(SCHEME.length);

/** The default policy. The path is that from `build/src`. */
const DEFAULT_POLICY = fileURLToPath(new URL('../../seed/policy.default.json', import.meta.url));

/** @throws ConfigError where the file cannot be read, or is no policy. */
export function readPolicyFile(config: Config): CheckedPolicy {
  const read = config.policy === null ? readDefaultPolicy : readPolicy;
  return readConfiguredFile('TENDRIL_POLICY', config.policy ?? DEFAULT_POLICY, read);
}

/** The webhooks to which actions on sources are sent, by id of the source. @throws ConfigError */
export function readWebhooksFile({ webhooks }: Config): ReadonlyMap<string, Webhook> {
  return webhooks === null ? new Map() : readConfiguredFile('TENDRIL_WEBHOOKS', webhooks, readWebhooks);
}

async function scratchFor(config: Config): Promise<{ path: string; remove(): Promise<void> }> {
  const path = config.neo4j === null ? pathOf(config.store) : IN_MEMORY;
  if (path !== IN_MEMORY) {
    const incoming = join(dirname(path), 'incoming');
    await removeLeftovers(incoming);
    return { path: incoming, remove: async () => {} };
  }
  const made = await mkdtemp(join(tmpdir(), 'tendril-'));
  return { path: made, remove: () => rm(made, { recursive: true, force: true }) };
}

function clockOf(fixed: Millis | null): Clock {
  return fixed === null ? { now: () => Date.now() } : { now: () => fixed };
}
