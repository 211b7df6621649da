import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { badInput } from '../../model/errors.js';

/** Rights of others than the owner. */
const OTHERS = 0o077;

/** Makes a key to sign with (Ed25519, PKCS#8 PEM) for the owner only. @throws where the file is there already */
export function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(path, pem, { flag: 'wx', mode: 0o600 });
}

/** @throws BAD_INPUT for a file that others may read too, or that holds no such key */
export function signingKey(path: string): KeyObject {
  const pem = readFileSync(path);
  if ((statSync(path).mode & OTHERS) !== 0)
    throw badInput(`Others may use ${path} too; take that right away (chmod 600), and make a new key.`);
  return ed25519(path, () => createPrivateKey(pem));
}

/** The key that a signature has to come from: the public one, or the private one where somebody has it. */
export function verifyingKey(path: string): KeyObject {
  const pem = readFileSync(path);
  return ed25519(path, () => createPublicKey(pem));
}

function ed25519(path: string, read: () => KeyObject): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read();
  } catch {
    // Told below like a key of another kind.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw badInput(`${path} holds no Ed25519 key in PEM; make one with \`audit checkpoint --generate-key\`.`);
}
