import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { entityOf, startAt, walk } from '../../src/graph/walk/walk.js';
import { WORK_HEADER } from './floor-header.js';
import { loadGraphs } from './radius.js';

/**
 * The floor of an answer over HTTP: node's own server, which walks barely over the same graph and serialises
 * the very answer that the real service gave. Run as a program with the path of a store.
 *
 * `POST /learn/{human}` with the real answer; then `POST /ask/{human}` gives it.
 */
const { view, bare } = await loadGraphs(process.argv[2] as string);
const learnt = new Map<string, { start: number; reached: readonly number[]; answer: unknown }>();

function learn(human: string, body: string): string {
  const start = view.numberOf(human);
  const reached = [...new Set(walk(view, startAt(view, start)).states.map(entityOf))];
  learnt.set(human, { start, reached, answer: JSON.parse(body) });
  return '{}';
}

function ask(human: string): { text: string; work: number } {
  const known = learnt.get(human);
  if (known === undefined) throw new Error(`Nobody has told what the answer about ${human} is.`);
  bare.allow(known.reached);
  const begun = performance.now();
  bare.from(known.start);
  const text = JSON.stringify(known.answer);
  return { text, work: performance.now() - begun };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer(async (request, response) => {
  const body = await bodyOf(request);
  const [, what, human] = (request.url ?? '').split('/').map(decodeURIComponent);
  const { text, work } = what === 'learn' ? { text: learn(human ?? '', body), work: 0 } : ask(human ?? '');
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    [WORK_HEADER]: String(work),
  });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}\nready`);
});
process.once('SIGTERM', () => process.exit(0));
