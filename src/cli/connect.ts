import type { Client } from '../client/client.js';
import { withClient } from '../client/open-client.js';
import type { Context } from './context.js';

export interface ConnectOptions {
  /** Make a store where there is none: only what fills it does. */
  readonly create?: boolean;
}

/**
 * Opens what a command asks, the service or the local store, for one piece of work, and closes it whatever comes of
 * that.
 *
 * @throws ConfigError, UNAUTHENTICATED, UNAVAILABLE
 */
export function connect<T>(
  context: Context,
  work: (client: Client) => Promise<T>,
  options: ConnectOptions = {},
): Promise<T> {
  const note = context.watched ? { note: context.note } : {};
  return withClient(context.environment, { ...options, ...note }, work);
}
