import { ConfigError, readConfig } from '../config.js';
import type { Client, ClientOptions } from './client.js';

/**
 * The client that the environment asks for: of the service at `TENDRIL_URL`, else of the local store.
 *
 * @throws ConfigError; UNAUTHENTICATED for an unknown token; UNAVAILABLE where there is no store
 */
export async function openClient(
  environment: Readonly<Record<string, string | undefined>>,
  options: ClientOptions = {},
): Promise<Client> {
  const config = readConfig(environment);
  // Each loads what the other does not need.
  if (config.url !== null) {
    if (config.token === null) {
      throw new ConfigError(
        'TENDRIL_URL is set and TENDRIL_TOKEN is not; set it to a token of that service.',
      );
    }
    const { HttpClient } = await import('./http/http-client.js');
    return new HttpClient(config.url, config.token);
  }
  const { openInProcess } = await import('./in-process/open-in-process.js');
  return openInProcess(config, options);
}

/** Opens a client for one piece of work and closes it whatever comes of that. */
export async function withClient<T>(
  environment: Readonly<Record<string, string | undefined>>,
  options: ClientOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await openClient(environment, options);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
