import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { VARIABLES } from './config/variables.js';
import { isLoopback, isTrustworthy } from './model/address.js';
import { shellWord } from './model/shell-word.js';
import { formatTime, type Millis, parseTime } from './model/time.js';
import { type TokenEntry, tokenFileProblem } from './model/token-file.js';

/** The error for a variable, a value or a combination with which the service does not start. Its exit code is 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The configuration: every setting, read and checked. */
export interface Config {
  /** `sqlite:PATH`, `sqlite::memory:`, or the address of a Neo4j server. */
  readonly store: string;
  /** The sign-in to the Neo4j server; null for an embedded store. */
  readonly neo4j: Neo4jSignIn | null;
  readonly host: string;
  readonly port: number;
  /** Whether to load the demo company into an empty embedded store. */
  readonly demo: boolean;
  /** Where radii and paths are computed: in an index in memory, or with reads of the store. */
  readonly index: 'auto' | 'memory' | 'store';
  /** How many bytes the index may take; null: half of the machine's memory. */
  readonly indexMemory: number | null;
  /** Static tokens; null: none are configured, and the service makes some at its start. */
  readonly tokens: readonly TokenEntry[] | null;
  /** The OpenID Connect issuer of sign-ins; null: none. */
  readonly oidc: OidcConfig | null;
  /** The time without a snapshot after which a source is stale, in milliseconds. */
  readonly staleAfter: Millis;
  /** How long before something expires it is told that a workload stops by it, in milliseconds. */
  readonly warnBefore: Millis;
  /** The fixed time of the clock; null: the clock of the system. */
  readonly clock: Millis | null;
  /** The token of the command line; null: it acts as the user of the operating system. */
  readonly token: string | null;
  /** The URL of the service that the command line calls, without a slash at its end; null: it opens the store itself. */
  readonly url: string | null;
  /** The policy file; null: the default one. */
  readonly policy: string | null;
  /** The file with the webhooks to which actions on sources are sent; null: there are none. */
  readonly webhooks: string | null;
  /** The origins whose pages may call the service from a browser; empty: none. */
  readonly corsOrigins: readonly string[];
  /** The file with the documents that alone may run; null: every document that fits the schema may. */
  readonly trustedDocuments: string | null;
  /** Whether to serve a subgraph of Apollo Federation. */
  readonly federation: boolean;
  /** The collector of traces; null: nothing is traced. */
  readonly traces: TracesConfig | null;
}

/**
 * The collector of traces, as the environment names it. Only the service checks it: the variables are shared by all
 * programs of the environment, so a wrong one must not make a command fail.
 */
export interface TracesConfig {
  readonly endpoint: string;
  readonly protocol: string;
}

/** Sign-in by OpenID Connect. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** The file that maps claims to roles. */
  readonly roles: string;
}

export interface Neo4jSignIn {
  readonly user: string;
  readonly password: string;
  /** The name of the database; null: the user's home database. */
  readonly database: string | null;
}

const PREFIX = 'TENDRIL_';
/** The prefix of variables that only tests use. */
const TEST_PREFIX = 'TENDRIL_TEST_';

/** Reads the environment. A variable with an empty value counts as not set. @throws ConfigError */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  refuseUnknown(environment);
  const get = (variable: string): string => {
    const rule = VARIABLES.find((known) => known.variable === variable);
    return environment[variable] || (rule?.default ?? '');
  };
  const tokens = readTokens(get('TENDRIL_TOKENS'));
  const oidc = readOidc(get);
  const store = readStore(get('TENDRIL_STORE'));
  return {
    store,
    neo4j: isNeo4j(store) ? readNeo4j(get) : null,
    host: readHost(get('TENDRIL_HOST'), tokens !== null || oidc !== null),
    port: readPort(get('TENDRIL_PORT')),
    demo: readDemo(get('TENDRIL_DEMO')),
    index: readIndex(get('TENDRIL_INDEX')),
    indexMemory: readBytes('TENDRIL_INDEX_MEMORY', get('TENDRIL_INDEX_MEMORY')),
    tokens,
    oidc,
    staleAfter: readDuration('TENDRIL_STALE_AFTER', get('TENDRIL_STALE_AFTER')),
    warnBefore: readDuration('TENDRIL_WARN_BEFORE', get('TENDRIL_WARN_BEFORE')),
    clock: readClock(get('TENDRIL_CLOCK')),
    token: readToken(get('TENDRIL_TOKEN')),
    url: readUrl(get('TENDRIL_URL')),
    policy: environment.TENDRIL_POLICY || null,
    webhooks: environment.TENDRIL_WEBHOOKS || null,
    corsOrigins: readOrigins(get('TENDRIL_CORS_ORIGINS')),
    trustedDocuments: get('TENDRIL_TRUSTED_DOCUMENTS') || null,
    federation: readFederation(get('TENDRIL_FEDERATION'), get('TENDRIL_TRUSTED_DOCUMENTS') !== ''),
    traces: readTraces(environment, get),
  };
}

/** Reads the variables of OpenTelemetry (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
function readTraces(
  environment: Readonly<Record<string, string | undefined>>,
  get: (variable: string) => string,
): TracesConfig | null {
  const all = get('OTEL_EXPORTER_OTLP_ENDPOINT');
  const endpoint =
    environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || (all && `${all.replace(/\/$/, '')}/v1/traces`);
  if (endpoint === '' || environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return null;
  const protocol = environment.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || get('OTEL_EXPORTER_OTLP_PROTOCOL');
  return { endpoint, protocol };
}

function refuseUnknown(environment: Readonly<Record<string, string | undefined>>): void {
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || variable.startsWith(TEST_PREFIX) || !value) continue;
    const known = VARIABLES.map((rule) => rule.variable).filter((one) => one.startsWith(PREFIX));
    if (known.includes(variable)) continue;
    throw new ConfigError(`${variable} is no variable of Tendril; there are ${known.join(', ')}.`);
  }
}

/** Whether a store is on a Neo4j server. */
export function isNeo4j(store: string): boolean {
  return /^(bolt|neo4j)(\+\w+)?:\/\/./.test(store);
}

function readStore(value: string): string {
  if (/^(bolt|neo4j)(\+\w+)?:\/\/[^/]*@/.test(value)) {
    throw new ConfigError(
      'TENDRIL_STORE has a user or a password in it; name them in TENDRIL_NEO4J_USER and TENDRIL_NEO4J_PASSWORD.',
    );
  }
  if (!/^sqlite:./.test(value) && !isNeo4j(value)) {
    throw new ConfigError(
      'TENDRIL_STORE is sqlite:PATH, sqlite::memory:, bolt://… or neo4j://…, and was set to something else.',
    );
  }
  return value;
}

function readNeo4j(get: (variable: string) => string): Neo4jSignIn {
  const password = get('TENDRIL_NEO4J_PASSWORD');
  if (password === '') {
    throw new ConfigError(
      'TENDRIL_STORE names a Neo4j server, and TENDRIL_NEO4J_PASSWORD is not set; set it to the password there.',
    );
  }
  return { user: get('TENDRIL_NEO4J_USER'), password, database: get('TENDRIL_NEO4J_DATABASE') || null };
}

const OIDC = ['TENDRIL_OIDC_ISSUER', 'TENDRIL_OIDC_AUDIENCE', 'TENDRIL_ROLES'] as const;

function readOidc(get: (variable: string) => string): OidcConfig | null {
  const missing = OIDC.filter((variable) => get(variable) === '');
  if (missing.length === OIDC.length) return null;
  if (missing.length > 0) {
    throw new ConfigError(`${OIDC.join(', ')} are set together; set ${missing.join(' and ')} as well.`);
  }
  const [issuer, audience, roles] = OIDC.map(get) as [string, string, string];
  if (!isTrustworthy(issuer)) {
    throw new ConfigError(
      'TENDRIL_OIDC_ISSUER is an https address without user, password or fragment (http on this machine), and was set to something else.',
    );
  }
  return { issuer, audience, roles };
}

/** A label of a host name (RFC 1123, section 2.1). */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is an IP address, or a host name, whose last label must not be a number. */
function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const labels = text.split('.');
  return (
    text.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

function readHost(host: string, signInConfigured: boolean): string {
  if (!isHost(host)) {
    throw new ConfigError(
      `TENDRIL_HOST is a host name or an IP address, such as 127.0.0.1, and was set to ${JSON.stringify(host.slice(0, 80))}.`,
    );
  }
  if (!isLoopback(host) && !signInConfigured) {
    throw new ConfigError(
      `TENDRIL_HOST is ${host}, which others can reach, and no sign-in is configured; set TENDRIL_TOKENS or TENDRIL_OIDC_ISSUER.`,
    );
  }
  return host;
}

/** Reads exact origins (RFC 6454, section 6.2). There are no patterns, which could match origins by mistake. */
function readOrigins(value: string): readonly string[] {
  if (value === '') return [];
  const origins = value.split(',').map((origin) => origin.trim());
  const wrong = origins.find((origin) => !/^https?:[^*]*$/.test(origin) || originOf(origin) !== origin);
  if (wrong === undefined) return origins;
  throw new ConfigError(
    `TENDRIL_CORS_ORIGINS has ${JSON.stringify(wrong.slice(0, 80))}; write each origin as https://host or https://host:port, in lower case, without a path and without *.`,
  );
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/** Reads the URL of a service. Paths are appended to it, so it has no query. A token must not be sent unencrypted over a network, so http is for this machine only. */
function readUrl(value: string): string | null {
  if (value === '') return null;
  if (!isTrustworthy(value) || new URL(value).search !== '') {
    throw new ConfigError(
      'TENDRIL_URL is an https address without user, password, query or fragment (http on this machine), and was set to something else.',
    );
  }
  return value.replace(/\/+$/, '');
}

/** A token as a header can carry it: printable ASCII. The message never repeats it: it may be real but for one character. */
function readToken(value: string): string | null {
  if (value === '') return null;
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    throw new ConfigError(
      'TENDRIL_TOKEN has a line break or another character that cannot be sent; set it to the token alone.',
    );
  }
  return value;
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new ConfigError('TENDRIL_PORT is a port, 0 to 65535, and was set to something else.');
  }
  return port;
}

function readIndex(value: string): Config['index'] {
  if (value === 'auto' || value === 'memory' || value === 'store') return value;
  throw new ConfigError('TENDRIL_INDEX is auto, memory or store.');
}

const BYTES: Readonly<Record<string, number>> = { '': 0, KiB: 1, MiB: 2, GiB: 3, TiB: 4 };

function readBytes(variable: string, value: string): number | null {
  if (value === '') return null;
  const [, number, unit = ''] = /^(\d{1,15}) ?([KMGT]iB)?$/.exec(value) ?? [];
  if (number !== undefined) return Number(number) * 1024 ** (BYTES[unit] ?? 0);
  throw new ConfigError(
    `${variable} is a number of bytes, or one with KiB, MiB, GiB or TiB, such as 4GiB, and was set to something else.`,
  );
}

function readDemo(value: string): boolean {
  if (value !== 'auto' && value !== 'off') throw new ConfigError('TENDRIL_DEMO is auto or off.');
  return value === 'auto';
}

/** Federation does not go with trusted documents: a gateway composes its operations at run time. */
function readFederation(value: string, onlyTrusted: boolean): boolean {
  if (value !== 'on' && value !== 'off') throw new ConfigError('TENDRIL_FEDERATION is on or off.');
  if (value === 'on' && onlyTrusted) {
    throw new ConfigError(
      'TENDRIL_FEDERATION is on and TENDRIL_TRUSTED_DOCUMENTS is set, and no file has the operations that a gateway makes; keep the trusted documents at the gateway, or run an instance for each.',
    );
  }
  return value === 'on';
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function readDuration(variable: string, value: string): Millis {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  if (number === undefined || unit === undefined) {
    throw new ConfigError(
      `${variable} is a number with s, m, h or d, such as 24h, and was set to something else.`,
    );
  }
  return Number(number) * (UNITS[unit] ?? 0);
}

function readClock(value: string): Millis | null {
  if (value === '') return null;
  const at = parseTime(value);
  if (at === undefined) {
    const example = formatTime(Date.UTC(2026, 10, 1));
    throw new ConfigError(
      `TENDRIL_CLOCK is an ISO 8601 time, such as ${example}, and was set to something else.`,
    );
  }
  return at;
}

/** How to make a token file. */
const makeTokens = (path: string): string =>
  'Make it, with a long word that nobody can guess in the place of TOKEN: `echo ' +
  `"[{ \\"sha256\\": \\"$(printf %s TOKEN | sha256sum | cut -c1-64)\\", \\"subject\\": \\"anna\\", \\"roles\\": [\\"VIEWER\\"] }]" > ${shellWord(path)}\`.`;

function readTokens(path: string): readonly TokenEntry[] | null {
  if (path === '') return null;
  const value = parseFile(path);
  const problem = tokenFileProblem(value);
  if (problem !== undefined) throw new ConfigError(`TENDRIL_TOKENS: in the file ${path}, ${problem}.`);
  return value as TokenEntry[];
}

function parseFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing)
      throw new ConfigError(`TENDRIL_TOKENS names the file ${path}, and there is none. ${makeTokens(path)}`);
    throw new ConfigError(`TENDRIL_TOKENS names the file ${path}, which cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`TENDRIL_TOKENS names the file ${path}, which is not JSON.`);
  }
}
