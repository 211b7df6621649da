import { createClient, type Client as LiveClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { FollowDocument, type FollowSubscription } from '../../documents/generated/graphql.js';
import type { Following } from '../client.js';
import { errorIn, notReached } from './errors.js';

/** The longest wait for the next attempt for which the command stays, in milliseconds. */
const STAY = 30_000;

/** Where a service is, and who asks. */
export interface Service {
  readonly url: string;
  readonly token: string;
}

type Progress = FollowSubscription['offboardingProgress'];

/** Hears from a service how far a case is, until it has ended or waits for something that takes long. */
export async function follow(
  service: Service,
  offboarding: string,
  { signal, onProgress }: Following,
): Promise<void> {
  const live = createClient({
    url: `${service.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${service.token}` },
    retryAttempts: 5,
  });
  let patience: NodeJS.Timeout | undefined;
  try {
    for await (const progress of progressOf(live, offboarding, signal, service.url)) {
      clearTimeout(patience);
      const running = progress.changed.find(({ state }) => state === 'RUNNING')?.id ?? null;
      onProgress?.({ done: progress.done, total: progress.total, running });
      if (progress.state === 'EXECUTING') continue;
      const pause = pauseOf(progress);
      if (pause === null) return;
      patience = setTimeout(() => void live.dispose(), pause + STAY);
    }
  } finally {
    clearTimeout(patience);
    await live.dispose();
  }
}

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
