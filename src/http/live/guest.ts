import type { Viewer } from '../../api/access.js';
import type { Line } from './line.js';

/** Whoever is at the other end of one connection. */
export interface Guest {
  readonly line: Line;
  /** Where they come from. */
  readonly address: string;
  /** Under which the log knows the connection, and masked errors name it. */
  readonly requestId: string;
  /** The `Authorization` of the request that began the connection. */
  readonly header: string | undefined;
  /** Set when they have signed in. */
  viewer?: Viewer;
  /** What is to be let go when the connection ends; by id of a subscription, or a name of ours. */
  readonly held: Map<string, () => void>;
  /** How long the message is that is being heard. The protocol begins with each as soon as it is handed over. */
  messageBytes: number;
  /** The connection has ended; nothing is kept for it any more. */
  gone: boolean;
}

/** Keeps what is to be let go; letting go what was kept under the name before. */
export function hold(guest: Guest, name: string, release: () => void): void {
  letGo(guest, name);
  if (guest.gone) release();
  else guest.held.set(name, release);
}

export function letGo(guest: Guest, name: string): void {
  guest.held.get(name)?.();
  guest.held.delete(name);
}

export function letGoOfAll(guest: Guest): void {
  guest.gone = true;
  for (const release of guest.held.values()) release();
  guest.held.clear();
}
