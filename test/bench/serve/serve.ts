import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importHumans, warmUp } from '../company.js';
import { Load, type Loaded, type Target } from './load.js';
import { dashboardMix, HELLO, standing } from './mix.js';
import { moreLines } from './more.js';
import type { ServeOptions } from './options.js';
import { posts, repeats } from './requests.js';
import { type Held, heldBy, importThere, type MeasuredService, startHello, startService } from './service.js';

/** What was measured, in the order it was. */
export interface Served {
  readonly hello: Loaded;
  readonly dashboards: Loaded;
  /** The same questions of those who have the answers, which stand. */
  readonly unchanged: Loaded;
  /** Reads in the time from the beginning of an import until the service answers with it. */
  readonly whileImporting: Loaded;
  /** Seconds of that time. */
  readonly importSeconds: number;
  /** Memory under load, the first after a part of it, in equal steps of time. */
  readonly memory: readonly Held[];
}

/** How many times memory is looked at. */
const LOOKS = 10;
/** Seconds of load that are forgotten. */
const WARMING = 5;
/** Seconds of reading before and after the import. */
const AROUND = 2;

/**
 * Measures the service under the load of dashboards, next to Apollo's hello-world in the same run. Processes of
 * their own serve; this one asks.
 *
 * @param say hears what it is doing
 */
export async function benchServe(options: ServeOptions, say: (doing: string) => void): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'tendril-serve-'));
  try {
    say(`a company of ${options.humans} humans`);
    await warmUp(join(folder, 'warm-up'));
    const { path } = await importHumans(options.humans, folder);
    return await measure(path, options, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(path: string, options: ServeOptions, say: (doing: string) => void): Promise<Served> {
  const { seconds, connections } = options;
  say('hello-world');
  const floor = await startHello(path);
  const asked = { url: floor.url, requests: posts(HELLO, []), status: 200 } as const;
  const hello = await under(asked, connections, seconds).finally(() => floor.stop());
  const service = await startService(path);
  try {
    const { url } = service;
    const mix = dashboardMix(options.humans);
    const target = { url, requests: posts(mix, service.viewers, '/graphql'), status: 200 } as const;
    // First: it warms the service, and all that is compared later is then of a warm one.
    say('memory');
    const memory = await memoryUnder(service, target, options);
    say('dashboards');
    const dashboards = await under(target, connections, seconds);
    say('dashboards that have the answers');
    const known = { url, requests: await repeats(service, standing(mix)), status: 304 } as const;
    const unchanged = await under(known, connections, seconds);
    say('an import');
    return { hello, dashboards, unchanged, memory, ...(await importing(service, target, options)) };
  } finally {
    await service.stop();
  }
}

/** A load, after some of it that is forgotten. */
async function under(target: Target, connections: number, seconds: number): Promise<Loaded> {
  const load = new Load(target, connections, WARMING + seconds);
  await sleep(WARMING * 1000);
  const from = performance.now();
  await load.result();
  return load.between(from, performance.now());
}

async function memoryUnder(service: MeasuredService, target: Target, { minutes, connections }: ServeOptions) {
  const seconds = minutes * 60;
  const load = new Load(target, connections, seconds + AROUND);
  const held: Held[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep((seconds * 1000) / LOOKS);
    held.push(await heldBy(service));
  }
  load.stop();
  await load.result();
  return held;
}

/** No import takes longer than this, in seconds. */
const LONGEST = 600;

async function importing(service: MeasuredService, target: Target, options: ServeOptions) {
  const snapshot = [...moreLines(options.relationships)].join('');
  const load = new Load(target, options.connections, LONGEST);
  await sleep(AROUND * 1000);
  const from = performance.now();
  await importThere(service, snapshot);
  const until = performance.now();
  // What was asked before its end is part of it, and so is what it leaves to do.
  await sleep(AROUND * 1000);
  const end = performance.now();
  load.stop();
  await load.result();
  return { whileImporting: load.between(from, end), importSeconds: (until - from) / 1000 };
}
