import type { Client, ClientOptions } from '../client/client.js';
import { withClient } from '../client/open-client.js';
import type { Context } from './context.js';

/**
 * Opens what a command asks, the service or the local store, for one piece of work, and closes it whatever comes of
 * that.
 *
 * @throws ConfigError, UNAUTHENTICATED, UNAVAILABLE; FORBIDDEN for a purpose
 */
export function connect<T>(
  context: Context,
  work: (client: Client) => Promise<T>,
  options: Pick<ClientOptions, 'purpose'> = {},
): Promise<T> {
  const note = context.watched ? { note: context.note } : {};
  return withClient(context.environment, { ...options, ...note }, work);
}
