import { TendrilError } from '../../model/errors.js';
import type { Authenticator } from '../authenticator.js';
import type { ConcurrencyLimit } from '../concurrency-limit.js';
import { subjectKey } from '../subject-key.js';
import { CLOSE } from './close-codes.js';
import { type LiveClient, onRelease } from './live-client.js';

/** The longest time that a timer of Node.js takes, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Pages cannot send headers with a WebSocket: they sign in by its first message. */
const NO_TOKEN = 'Sign in: send connection_init with the payload { "Authorization": "Bearer <token>" }.';

/**
 * Signs a client in, by the payload of its `connection_init` or by the header of the request that began the
 * connection. The connection is closed when the sign-in expires.
 *
 * @throws what `Authenticator.authenticate` throws; LIMIT_EXCEEDED for a connection too many
 */
export async function authenticate(
  client: LiveClient,
  params: Readonly<Record<string, unknown>> | undefined,
  authenticator: Authenticator,
  connections: ConcurrencyLimit,
): Promise<void> {
  const authorization = authorizationIn(params) ?? client.authorizationHeader;
  if (authorization === undefined) throw new TendrilError('UNAUTHENTICATED', NO_TOKEN);
  const viewer = await authenticator.authenticate(authorization, client.address, client.requestId);
  onRelease(client, 'connection', connections.acquire(subjectKey(viewer)));
  client.viewer = viewer;
  if (viewer.expiresAt !== undefined) closeAtExpiry(client, viewer.expiresAt);
}

/** The token in the payload of `connection_init`. The name of a header may be written in any case. */
function authorizationIn(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const name = Object.keys(params ?? {}).find((key) => key.toLowerCase() === 'authorization');
  const value = name === undefined ? undefined : params?.[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new TendrilError('UNAUTHENTICATED', 'Sign in: "authorization" is a text, "Bearer <token>".');
}

function closeAtExpiry(client: LiveClient, expiresAt: number): void {
  const left = expiresAt - Date.now();
  if (left <= 0) {
    client.socket.close(CLOSE.unauthenticated, 'The sign-in has ended. Sign in again.');
    return;
  }
  const timer = setTimeout(() => closeAtExpiry(client, expiresAt), Math.min(left, LONGEST_TIMER)).unref();
  onRelease(client, 'expiry', () => clearTimeout(timer));
}
