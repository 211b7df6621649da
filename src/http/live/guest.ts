import type { Viewer } from '../../api/access.js';
import type { Line } from './line.js';

/** Whoever is at the other end of one connection. */
export interface Guest {
  readonly line: Line;
  /** Under which the log knows the connection, and masked errors name it. */
  readonly requestId: string;
  /** The `Authorization` of the request that began the connection. */
  readonly header: string | undefined;
  /** Set when they have signed in. */
  viewer?: Viewer;
  /** What is to be let go when the connection ends; by id of a subscription, or a name of ours. */
  readonly held: Map<string, () => void>;
}

/** Keeps what is to be let go; letting go what was kept under the name before. */
export function hold(guest: Guest, name: string, release: () => void): void {
  letGo(guest, name);
  guest.held.set(name, release);
}

export function letGo(guest: Guest, name: string): void {
  guest.held.get(name)?.();
  guest.held.delete(name);
}

export function letGoOfAll(guest: Guest): void {
  for (const release of guest.held.values()) release();
  guest.held.clear();
}
