import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { badInput } from '../model/errors.js';
import type { ChainPlace } from './verify-chain.js';

/** What is signed: where the chain stood at a moment. */
interface Statement extends ChainPlace {
  readonly format: 'tendril-audit-checkpoint';
  readonly version: 1;
  /** Hash of the first event: it names the store, for no two chains begin alike. */
  readonly chain: string;
  /** ISO 8601 of the event. */
  readonly at: string;
  /** ISO 8601 of the signature. */
  readonly signedAt: string;
  /** SHA-256 in hex of the public key (SubjectPublicKeyInfo, RFC 5280, in DER). */
  readonly keyId: string;
  /** The same key as PEM, so that whoever knows its id can verify with the file alone. */
  readonly publicKey: string;
}

/** A statement with its signature: Ed25519 (RFC 8032) over its canonical JSON (RFC 8785), in base64. */
export interface Checkpoint extends Statement {
  readonly signature: string;
}

/** Signs where the chain stands. @param key a private Ed25519 key */
export function signCheckpoint(
  place: Pick<Statement, 'seq' | 'hash' | 'at' | 'chain' | 'signedAt'>,
  key: KeyObject,
): Checkpoint {
  const { seq, hash, at, chain, signedAt } = place;
  const publicKey = createPublicKey(key);
  const statement: Statement = {
    format: 'tendril-audit-checkpoint',
    version: 1,
    chain,
    seq,
    hash,
    at,
    signedAt,
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
  return { ...statement, signature: sign(null, signedBytes(statement), key).toString('base64') };
}

/**
 * Reads a checkpoint and verifies its signature.
 *
 * @param key whose signature it has to be; null: that of the key it names, whose id somebody has to know
 * @throws BAD_INPUT for what is no checkpoint, or is not signed by the key
 */
export function readCheckpoint(text: string, key: KeyObject | null): Checkpoint {
  const checkpoint = parsed(text);
  const { signature, ...statement } = checkpoint;
  const named = createKey(checkpoint.publicKey);
  if (keyIdOf(named) !== checkpoint.keyId || (key !== null && keyIdOf(key) !== checkpoint.keyId))
    throw badInput('The checkpoint is signed by another key than the one given; give the one it names.');
  if (!verify(null, signedBytes(statement), named, Buffer.from(signature, 'base64')))
    throw badInput('The signature of the checkpoint does not hold: it was changed. Use a copy that was not.');
  return checkpoint;
}

export function keyIdOf(key: KeyObject): string {
  const der = (key.type === 'public' ? key : createPublicKey(key)).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

function parsed(text: string): Checkpoint {
  const value = objectIn(text);
  const texts = [value.chain, value.hash, value.at, value.signature, value.publicKey, value.keyId];
  const known = value.format === 'tendril-audit-checkpoint' && value.version === 1;
  if (known && Number.isSafeInteger(value.seq) && texts.every((part) => typeof part === 'string'))
    return value as unknown as Checkpoint;
  throw badInput('That is no checkpoint; name a file that `tendril audit checkpoint` wrote.');
}

/** Nothing of an object where the text is none. */
function objectIn(text: string): Partial<Record<keyof Checkpoint, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<Record<keyof Checkpoint, unknown>>;
  } catch {
    return {};
  }
}

function createKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    throw badInput('The checkpoint names no key that can be read: it was changed. Use a copy that was not.');
  }
}

function signedBytes(statement: Statement): Buffer {
  return Buffer.from(canonicalize(statement) as string);
}
