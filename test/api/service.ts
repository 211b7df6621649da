import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { compose, type Overrides, type Tendril } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import type { AccessTokens } from '../../src/http/oidc/access-tokens.js';
import { httpService, type ServerOptions } from '../../src/http/server.js';
import { SignIn } from '../../src/http/sign-in.js';
import { serverWithTimeouts } from '../../src/http/timeouts.js';
import { makeToken, StaticTokens } from '../../src/http/tokens.js';
import { importSnapshots } from '../../src/import/index.js';
import { ROLES, type Role } from '../../src/model/roles.js';

/** The moment the tests' service runs at. */
export const NOW = '2026-06-01T12:00:00.000Z';

/** What GraphQL answers. Values are looked at by their path, see {@link at}. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly { message: string; extensions: { code: string } & Record<string, unknown> }[];
}

/** A value inside an answer, e.g. `entities.nodes.0.id`; undefined where there is none. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((inner: unknown, name) => (inner as Record<string, unknown> | null)?.[name], value);
}

export interface Asking {
  readonly role?: Role | null;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

interface More extends Pick<ServerOptions, 'corsOrigins' | 'trusted' | 'federation' | 'starting'> {
  /** The file of its store; left out: it has none, and is gone with the service. */
  readonly store?: string;
}

/** A real service with a real store, on a free port of this machine. */
export class TestService {
  readonly tokens = Object.fromEntries(ROLES.map((role) => [role, makeToken(role.toLowerCase(), [role])]));
  tendril!: Tendril;
  url = '';
  readonly logged: string[] = [];
  /** Begins nothing new from now on, as a service does that is about to stop. */
  drain = () => {};
  answered = async () => {};
  #stop = async () => {};

  static async start(
    instead: Overrides = {},
    snapshots: readonly unknown[] = [],
    accessTokens: AccessTokens | null = null,
    { store = ':memory:', ...more }: More = {},
  ): Promise<TestService> {
    const service = new TestService();
    const log = pino({}, { write: (line: string) => service.logged.push(line) });
    const config = readConfig({ TENDRIL_STORE: `sqlite:${store}`, TENDRIL_CLOCK: NOW });
    service.tendril = await compose(config, { log, ...instead });
    const http = await httpService({
      services: service.tendril,
      signIn: new SignIn(
        new StaticTokens(Object.values(service.tokens).map(({ entry }) => entry)),
        accessTokens,
      ),
      fixedClock: NOW,
      spoolDir: service.tendril.spoolDir,
      ...more,
    });
    service.drain = http.drain;
    service.answered = http.answered;
    const server = serverWithTimeouts(http.app, service.tendril.limits);
    http.live.attach(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    service.#stop = async () => {
      await http.live.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await http.stop();
      await service.tendril.close();
    };
    for (const snapshot of snapshots) await service.import(snapshot);
    return service;
  }

  /** Imports a snapshot as the system, at a moment; gives the revision. */
  async import(snapshot: unknown, now = NOW): Promise<number> {
    const actor = { subject: 'test', signedInBy: 'system', requestId: null };
    const inputs = [{ name: 'snapshot', document: snapshot }];
    const { revision } = await importSnapshots(this.tendril.store, inputs, { actor, now: Date.parse(now) });
    return revision;
  }

  headers(role: Role | null): Record<string, string> {
    return role === null ? {} : { authorization: `Bearer ${this.tokens[role]?.token}` };
  }

  /** Asks by POST; as a viewer when no role is said. */
  async ask(query: string, { role = 'VIEWER', variables = {}, headers = {} }: Asking = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers(role), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Partial<Answer>;
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** Asks what must be answered: an error fails the test with its message. */
  async data(query: string, asking: Asking = {}): Promise<unknown> {
    const { data, errors } = await this.ask(query, asking);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The code of the first error. */
  async code(query: string, asking: Asking = {}): Promise<string | undefined> {
    return (await this.ask(query, asking)).errors[0]?.extensions.code;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}
