import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of Standard Webhooks 1.0 (symmetric, `v1`): HMAC-SHA-256 over `id.timestamp.body`. The key is the bytes
 * after `whsec_`.
 */

const PREFIX = 'whsec_';
/** How much the clocks of both sides may differ, in seconds: as much as the libraries of the standard allow. */
export const TOLERANCE = 5 * 60;
/** How long a key may be, in bytes (Standard Webhooks, *Signature scheme*). */
const KEY_BYTES = { least: 24, most: 64 };

/** The key in the text of a file; undefined where it has none. */
export function readKey(text: string): Buffer | undefined {
  const written = text.trim();
  if (!written.startsWith(PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(written.slice(PREFIX.length)))
    return undefined;
  const key = Buffer.from(written.slice(PREFIX.length), 'base64');
  return key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most ? key : undefined;
}

/** The three headers that make a message a signed one. `at`: seconds since 1970. */
export function signedHeaders(key: Buffer, id: string, at: number, body: Buffer): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${macOf(key, id, String(at), body).toString('base64')}`,
  };
}

/** The id, time and signatures in the headers of a message. */
export interface Claimed {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  /** Several signatures with blanks between: a sender that changes its key signs with both. */
  readonly signature: string | undefined;
}

/** Why a message is not accepted; null where it is. `now`: seconds since 1970. */
export function signatureFlaw(key: Buffer, claimed: Claimed, body: Buffer, now: number): string | null {
  const { id, timestamp, signature } = claimed;
  if (id === undefined || timestamp === undefined || signature === undefined)
    return 'it lacks one of the headers webhook-id, webhook-timestamp and webhook-signature';
  if (!/^\d{1,12}$/.test(timestamp)) return 'its webhook-timestamp is not a number of seconds';
  if (Math.abs(now - Number(timestamp)) > TOLERANCE)
    return `its webhook-timestamp is more than ${TOLERANCE / 60} minutes from now`;
  const expected = macOf(key, id, timestamp, body);
  const matches = signature.split(' ').some((one) => {
    const [version, written] = one.split(',');
    if (version !== 'v1' || written === undefined) return false;
    const mac = Buffer.from(written, 'base64');
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  });
  return matches ? null : 'its signature is not that of the secret of its source';
}

function macOf(key: Buffer, id: string, timestamp: string, body: Buffer): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
