import type { Viewer } from '../../api/access/access.js';
import type { BackpressuredSocket } from './backpressured-socket.js';

/** The client at the other end of one WebSocket connection, and what the service keeps for it. */
export interface LiveClient {
  readonly socket: BackpressuredSocket;
  /** The IP address that the connection comes from. */
  readonly address: string;
  /** The id of the connection in the log, and in masked errors. */
  readonly requestId: string;
  /** The `Authorization` header of the request that began the connection. */
  readonly authorizationHeader: string | undefined;
  /** Set when the client has signed in. */
  viewer?: Viewer;
  /** What releases each resource of the connection, by the id of a subscription or by a name of ours. */
  readonly releases: Map<string, () => void>;
  /** The length of the message that is being handled. The protocol starts with a message as soon as it has it. */
  messageBytes: number;
  /** The connection has ended; nothing more is kept for it. */
  ended: boolean;
}

/**
 * Keeps a function that releases a resource of the client. What was kept under the same name is released first. Where
 * the connection has ended already, the resource is released at once.
 */
export function onRelease(client: LiveClient, name: string, release: () => void): void {
  releaseResource(client, name);
  if (client.ended) release();
  else client.releases.set(name, release);
}

/** Releases the resource that is kept under a name, if there is one. */
export function releaseResource(client: LiveClient, name: string): void {
  client.releases.get(name)?.();
  client.releases.delete(name);
}

/** Releases all that is kept for a client whose connection has ended. */
export function releaseAll(client: LiveClient): void {
  client.ended = true;
  for (const release of client.releases.values()) release();
  client.releases.clear();
}
