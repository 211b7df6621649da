import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { NO_TRACING } from '../api/tracing/tracing.js';
import { withDeadline } from '../async/with-deadline.js';
import { compose, type Tendril } from '../compose.js';
import type { Config } from '../config.js';
import { httpService } from '../http/server.js';
import { SignIn } from '../http/sign-in.js';
import { serverWithTimeouts } from '../http/timeouts.js';
import { StaticTokens } from '../http/tokens.js';
import { formatTime } from '../model/time.js';
import { loadDemo } from './demo.js';
import { serviceLog } from './service-log.js';
import { accessTokensOf, type StartToken, tokensOf } from './sign-in.js';
import type { Traces } from './traces.js';
import { trustedDocumentsOf } from './trusted-documents.js';

/** A service that listens. */
export interface Serving {
  /** Its URL, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The tokens that were made at this start, in the order in which they are printed; empty where sign-in is configured. */
  readonly tokens: readonly StartToken[];
  /** Stops listening, waits until running requests have ended, and closes the store. A second call waits for the same. */
  stop(): Promise<void>;
}

/** How long to wait until running requests have ended when the service stops, in milliseconds. */
const GRACE = 10_000;

/**
 * Opens the store, loads the demo company where that is configured, and listens.
 *
 * @param say prints what people should read: the address, and the tokens of this start
 * @throws UNAVAILABLE for the store, and the error of the operating system for the port
 */
export async function serve(config: Config, say: (line: string) => void): Promise<Serving> {
  const log = await serviceLog(process.stderr, process.env);
  const traces = await tracesOf(config, log);
  let tendril: Tendril | undefined;
  const close = async () => {
    await tendril?.close();
    await traces.stop();
  };
  try {
    tendril = await compose(config, { log, tracing: traces.tracing });
    return await begin(config, { ...tendril, close }, say);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts tracing where it is configured: only then is OpenTelemetry loaded. */
async function tracesOf({ traces }: Config, log: Logger): Promise<Traces> {
  if (traces === null) return { tracing: NO_TRACING, stop: async () => {} };
  const { startTraces } = await import('./traces.js');
  return startTraces(traces, log);
}

async function begin(config: Config, tendril: Tendril, say: (line: string) => void): Promise<Serving> {
  const { log, clock, store } = tendril;
  const fixedClock = config.clock === null ? null : formatTime(config.clock);
  if (fixedClock !== null) log.warn({ clock: fixedClock }, 'the clock is fixed');
  const accessTokens = accessTokensOf(config, log);
  const { known, made } = tokensOf(config);
  let starting: string | null = 'The demo company and the graph are being loaded.';
  const http = await httpService({
    services: tendril,
    signIn: new SignIn(new StaticTokens(known), accessTokens),
    fixedClock,
    starting: () => starting,
    spoolDir: tendril.spoolDir,
    corsOrigins: config.corsOrigins,
    federation: config.federation,
    trusted: (schema) => trustedDocumentsOf(config, schema, tendril.limits),
  });
  const server = serverWithTimeouts(http.app, tendril.limits);
  http.live.attach(server);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    http.drain();
    accessTokens?.end();
    // A server does not close while a WebSocket is open.
    stopping ??= keepingAlive(async () => {
      const runs = withinGrace(tendril.runner.stop(), log);
      await Promise.all([close(server, log), http.live.stop(), runs]);
      await http.answered();
      await http.stop();
      await tendril.close();
    });
    return stopping;
  };
  let url: string;
  try {
    url = await listen(server, config);
    const demo = config.demo && config.neo4j === null ? await loadDemo(store, clock) : null;
    if (demo !== null) log.info({ entitiesAndRelationships: demo.created }, 'loaded the demo company');
    // The graph is loaded now, so that the first request does not have to wait for it.
    await tendril.graphs.current(clock.now());
    starting = null;
  } catch (error) {
    // The follower of the store has started, and must be stopped before the store is closed, even if nothing listens.
    await stop();
    throw error;
  }
  const { kind, because } = await tendril.graphs.choice();
  tendril.runner.start();
  accessTokens?.begin();
  log.info({ url, store: config.store, index: kind, because }, 'listening');
  announce({ url, config, fixedClock }, made, say);
  let leaving: Promise<void> | undefined;
  const leave = () => {
    if (leaving === undefined) log.info('stopping');
    leaving ??= stop().then(
      () => log.info('stopped'),
      (error: unknown) => {
        log.error({ err: error }, 'the service did not stop cleanly');
        throw error;
      },
    );
    return leaving;
  };
  return { url, tokens: made, stop: leave };
}

/**
 * Keeps the process alive during some work. Work in the background may have only timers that do not keep the process
 * alive: once the server is closed, the process would end before the store is closed.
 */
async function keepingAlive(work: () => Promise<void>): Promise<void> {
  const held = setInterval(() => {}, GRACE);
  await work().finally(() => clearInterval(held));
}

/**
 * Waits until the leases of running cases are released. Where the store does not answer in time, other instances take
 * the cases over when the leases expire.
 */
async function withinGrace(ended: Promise<void>, log: Logger): Promise<void> {
  const onTimeout = () => log.warn({ millis: GRACE }, 'could not release the cases that run here');
  await withDeadline(ended, { millis: GRACE, onTimeout, keepsAlive: false });
}

function announce(
  { url, config, fixedClock }: { url: string; config: Config; fixedClock: string | null },
  tokens: readonly StartToken[],
  say: (line: string) => void,
): void {
  const explorer = config.trustedDocuments === null ? `explorer: ${url}/` : 'only trusted documents';
  say(`Tendril listens on ${url} (GraphQL: ${url}/graphql, ${explorer}).`);
  if (fixedClock !== null) say(`The clock is fixed at ${fixedClock} (TENDRIL_CLOCK).`);
  if (tokens.length === 0) {
    say(`No tokens are made at this start: sign-in is configured by ${signInOf(config)}. Send one of those.`);
    return;
  }
  say('Tokens of this start, to send as "Authorization: Bearer <token>":');
  for (const { token, may, roles } of tokens) say(`  ${token}  ${may} (${roles.join(', ')})`);
}

/** The variables by which sign-in is configured. */
function signInOf({ tokens, oidc }: Config): string {
  const by = [
    ...(tokens === null ? [] : ['TENDRIL_TOKENS']),
    ...(oidc === null ? [] : ['TENDRIL_OIDC_ISSUER']),
  ];
  return by.join(' and ');
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
    });
  });
}

function close(server: Server, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => {
      log.warn({ millis: GRACE }, 'cut off the requests that had not ended');
      server.closeAllConnections();
    }, GRACE);
    server.close(() => {
      clearTimeout(hurry);
      resolve();
    });
    server.closeIdleConnections();
  });
}
