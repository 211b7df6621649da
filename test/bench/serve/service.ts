import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeToken } from '../../../src/http/tokens.js';
import { NOW_TEXT } from '../company.js';
import { type ServerProcess, startServer } from '../server-process.js';
import { type Body, DOCUMENTS } from './mix.js';

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SERVICE = program('../../../src/main.js');
const HELLO = program('./hello-server.js');

/** So many subjects look at dashboards: one alone may not ask as often as is measured. */
const SUBJECTS = 100;

/** The real service, on a store of its own, and who may ask it. */
export interface MeasuredService extends ServerProcess {
  readonly viewers: readonly string[];
  readonly importer: string;
}

/**
 * Starts the service on a store, as people run it.
 *
 * @param trusted what alone may be asked
 */
export async function startService(path: string, trusted = DOCUMENTS): Promise<MeasuredService> {
  const viewers = Array.from({ length: SUBJECTS }, (_, at) => makeToken(`viewer-${at}`, ['VIEWER']));
  const importer = makeToken('importer', ['IMPORTER']);
  const tokens = `${path}.tokens.json`;
  writeFileSync(tokens, JSON.stringify([...viewers, importer].map(({ entry }) => entry)));
  const documents = `${path}.documents.json`;
  writeFileSync(documents, JSON.stringify(trusted));
  const env = {
    TENDRIL_STORE: `sqlite:${path}`,
    TENDRIL_PORT: '0',
    TENDRIL_DEMO: 'off',
    TENDRIL_CLOCK: NOW_TEXT,
    TENDRIL_TOKENS: tokens,
    TENDRIL_TRUSTED_DOCUMENTS: documents,
  };
  const server = await startServer([SERVICE], env, /fixed at/, `${path}.log`);
  return { ...server, viewers: viewers.map(({ token }) => token), importer: importer.token };
}

/** Starts Apollo's hello-world. */
export function startHello(path: string): Promise<ServerProcess> {
  return startServer([HELLO], {}, /ready/, `${path}.hello.log`);
}

/** Sends a snapshot to `/import`. @throws Error where it is not taken */
export async function importThere(service: MeasuredService, snapshot: string): Promise<void> {
  const response = await fetch(`${service.url}/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.importer}`,
      'content-type': 'application/x-ndjson',
    },
    body: snapshot,
  });
  if (!response.ok) throw new Error(`The import was refused: ${(await response.text()).slice(0, 500)}`);
  await response.json();
}

/** What the process of a service holds, in bytes. */
export interface Held {
  readonly rss: number;
  readonly heap: number;
}

/** Asks a service what it holds. */
export async function heldBy({ url }: ServerProcess): Promise<Held> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { rss: value('process_resident_memory_bytes'), heap: value('nodejs_heap_size_used_bytes') };
}

/** The address of a question by GET. */
export function addressOf({ documentId = '', variables = {} }: Body): string {
  return `/graphql?${new URLSearchParams({ documentId, variables: JSON.stringify(variables) })}`;
}

/** The name (`ETag`) of the answer to a question. @throws Error where it has none */
export async function tagOf({ url }: ServerProcess, body: Body, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}${addressOf(body)}`, { headers });
  const tag = response.headers.get('etag');
  if (tag === null) throw new Error(`No name: ${response.status} ${(await response.text()).slice(0, 500)}`);
  await response.arrayBuffer();
  return tag;
}
