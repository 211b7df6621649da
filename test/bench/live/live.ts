import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { untilSubscribed } from '../../http/live/listener.js';
import { importHumans, NOW_TEXT } from '../company.js';
import { type Held, heldBy, importThere, type MeasuredService, startService } from '../serve/service.js';
import type { AllHeard, Seats } from './audience.js';

/** How many listen, and how large the company is that they listen to. */
export interface LiveOptions {
  readonly subscribers: number;
  readonly humans: number;
  readonly changes: number;
  /** Milliseconds until memory is looked at: then it is at rest. */
  readonly rest: number;
}

/** What it costs that many listen. */
export interface Lived {
  /** What the service holds before anybody listens, when all do, and after all changes. */
  readonly before: Held;
  readonly idle: Held;
  readonly after: Held;
  /** Of each change: milliseconds from sending it until it was taken, and until the last subscriber had heard of it. */
  readonly changes: readonly { readonly taken: number; readonly heard: number }[];
}

const AUDIENCE = fileURLToPath(new URL('./audience.js', import.meta.url));
const QUERY = 'subscription { graphChanged { revision since at entities relationships } }';
/** Changes that nobody listens to. */
const WARMING = 5;

/** A change of the graph: an app more. */
const change = (number: number) =>
  [
    { source: { id: 'live:bench', vendor: 'bench', syncedAt: NOW_TEXT }, mode: 'delta' },
    { entity: { kind: 'App', id: `live:bench/${number}`, name: `App ${number}` } },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

/**
 * Measures what idle subscribers cost the service, and how soon the last of them hears of a change. The service and
 * the subscribers are processes of their own.
 */
export async function benchLive(options: LiveOptions, say: (doing: string) => void): Promise<Lived> {
  const folder = await mkdtemp(join(tmpdir(), 'tendril-live-'));
  try {
    say(`a company of ${options.humans} humans`);
    const { path } = await importHumans(options.humans, folder);
    const service = await startService(path, { live: QUERY });
    try {
      return await measure(service, options, say);
    } finally {
      await service.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  service: MeasuredService,
  { subscribers, changes, rest }: LiveOptions,
  say: (doing: string) => void,
): Promise<Lived> {
  const atRest = async () => {
    await sleep(rest);
    return heldBy(service);
  };
  for (let number = 0; number < WARMING; number += 1) await importThere(service, change(number));
  const before = await atRest();
  say(`${subscribers} subscribers`);
  const audience = await startAudience(service, subscribers);
  try {
    const idle = await atRest();
    const told: Lived['changes'][number][] = [];
    for (let number = 0; number < changes; number += 1) {
      say(`change ${number + 1}`);
      told.push(await hearOf(service, audience, change(WARMING + number)));
    }
    return { before, idle, after: await atRest(), changes: told };
  } finally {
    audience.kill();
  }
}

/** Starts the subscribers, and waits until the service has them all. */
async function startAudience(service: MeasuredService, subscribers: number): Promise<ChildProcess> {
  const audience = fork(AUDIENCE, { execArgv: [] });
  const kill = () => audience.kill('SIGKILL');
  process.once('exit', kill);
  audience.once('exit', () => process.off('exit', kill));
  const { url, viewers } = service;
  const tokens = Array.from({ length: subscribers }, (_, at) => viewers[at % viewers.length] as string);
  audience.send({ url, query: QUERY, tokens } satisfies Seats);
  await Promise.race([untilSubscribed(url, subscribers), failed(audience)]);
  return audience;
}

async function failed(audience: ChildProcess): Promise<never> {
  const [code] = await once(audience, 'exit');
  throw new Error(`The subscribers ended with ${code}.`);
}

async function hearOf(service: MeasuredService, audience: ChildProcess, snapshot: string) {
  const heard = once(audience, 'message') as Promise<[AllHeard]>;
  const sent = Date.now();
  await importThere(service, snapshot);
  const taken = Date.now() - sent;
  const [{ at }] = await heard;
  return { taken, heard: at - sent };
}
