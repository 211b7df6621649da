import { setTimeout as wait } from 'node:timers/promises';
import { createClient, type Client as LiveClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { FollowDocument, type FollowSubscription } from '../../documents/generated/graphql.js';
import type { Following } from '../client.js';
import { errorIn, notReached } from './errors.js';

/** The longest wait for the next attempt for which the command stays, in milliseconds. */
const STAY = 30_000;

/** How often a lost connection is made again, in growing distances: for half a minute at least. */
const ATTEMPTS = 5;

/** How long a service may take to begin with a case that is due, and how often it is looked, in milliseconds. */
const TAKEN_WITHIN = 5000;
const LOOK = 500;

/** States of a case that has ended and may be taken again. */
const ENDED: readonly string[] = ['INCOMPLETE', 'VERIFIED'];

/** Where a service is, and who asks. */
export interface Service {
  readonly url: string;
  readonly token: string;
}

type Progress = FollowSubscription['offboardingProgress'];

/** Hears from a service how far a case is, until it has ended or waits for something that takes long. */
export async function follow(service: Service, offboarding: string, following: Following): Promise<void> {
  const { signal } = following;
  const until = Date.now() + TAKEN_WITHIN;
  for (;;) {
    const last = await listen(service, offboarding, following);
    // A case that had ended and is resumed shows its old end until the service takes it, and the subscription ends
    // with that: such an end is final only when the service has had the time to take the case.
    if (last === undefined || !isDue(last) || Date.now() > until) return;
    await wait(LOOK, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Listens to one subscription to its end. Gives what was told last; undefined where nothing was. */
async function listen(
  service: Service,
  offboarding: string,
  { signal, onProgress }: Following,
): Promise<Progress | undefined> {
  let last: Progress | undefined;
  const live = createClient({
    url: `${service.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${service.token}` },
    retryAttempts: ATTEMPTS,
    // A service that starts again refuses connections for a while. One that never answered is told at once.
    shouldRetry: (lost) => last !== undefined || isClosing(lost),
  });
  let patience: NodeJS.Timeout | undefined;
  try {
    for await (const progress of progressOf(live, offboarding, signal, service.url)) {
      clearTimeout(patience);
      last = progress;
      const running = progress.changed.find(({ state }) => state === 'RUNNING')?.id ?? null;
      onProgress?.({ done: progress.done, total: progress.total, running });
      if (progress.state === 'EXECUTING') continue;
      const pause = pauseOf(progress);
      if (pause === null) return progress;
      patience = setTimeout(() => void live.dispose(), pause + STAY);
    }
    return last;
  } finally {
    clearTimeout(patience);
    await live.dispose();
  }
}

/** Whether a connection was closed by the service, and not refused by it or by the network. */
const isClosing = (lost: unknown): boolean =>
  typeof lost === 'object' && lost !== null && 'code' in lost && 'reason' in lost;

/** Whether a case has ended, and the service is to take it again at once. */
const isDue = ({ state, at, wakeAt }: Progress): boolean =>
  ENDED.includes(state) && wakeAt !== null && Date.parse(wakeAt) <= Date.parse(at);

/** How long until a case goes on of itself; null where that is longer than anybody stays, or it has ended. */
function pauseOf({ state, at, wakeAt }: Progress): number | null {
  if (state !== 'WAITING' || wakeAt === null) return null;
  const left = Date.parse(wakeAt) - Date.parse(at);
  return left > STAY ? null : Math.max(left, 0);
}

/** What a subscription tells, until it ends or the signal aborts. */
async function* progressOf(
  live: LiveClient,
  id: string,
  signal: AbortSignal,
  url: string,
): AsyncGenerator<Progress> {
  const told = live.iterate<FollowSubscription>({ query: FollowDocument.toString(), variables: { id } });
  const stop = () => void live.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    for await (const { data, errors } of told) {
      const error = errorIn({ errors });
      if (error !== undefined) throw error;
      if (data) yield data.offboardingProgress;
    }
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw asError(error, url);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A subscription that is refused throws GraphQL's errors; a connection that ends throws why it was closed. */
function asError(error: unknown, url: string): unknown {
  if (Array.isArray(error)) return errorIn({ errors: error }) ?? error;
  if (error instanceof Error) return error;
  const { code, reason } = (error ?? {}) as { code?: number; reason?: string };
  if (code === 4401 || code === 4403) {
    const extensions = { code: code === 4401 ? 'UNAUTHENTICATED' : 'FORBIDDEN' };
    return errorIn({ errors: [{ message: reason ?? '', extensions }] });
  }
  return notReached(url, error);
}
