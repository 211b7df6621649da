import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../../model/errors.js';
import { FileSchema, type JsonFile, refusedFile } from '../../model/json-file.js';
import { readKey } from './signature.js';

/** Where the actions on one source are sent. */
export interface Webhook {
  readonly source: string;
  readonly url: URL;
  /** Both sides sign with it. */
  readonly key: Buffer;
  readonly allowPrivate: boolean;
}

/** The file, as `schema/webhooks.schema.json` describes it. */
interface Written {
  readonly source: string;
  readonly url: string;
  readonly secretFile: string;
  readonly allowPrivate?: boolean;
}

const schema = new FileSchema<readonly Written[]>('webhooks.schema.json', 'web hooks file');

/**
 * Reads the text of the file that `TENDRIL_WEBHOOKS` names, and the files of secrets that it names.
 *
 * @param path the path of the file: messages name it, and relative paths in the file start from its folder
 * @throws BAD_INPUT with every problem and its line, never with a secret
 */
export function readWebhooks(text: string, path: string): ReadonlyMap<string, Webhook> {
  const { value, lineOf } = schema.read(text, path);
  const problems: Problem[] = [];
  const known = new Map<string, Webhook>();
  for (const [at, written] of value.entries()) {
    const say = sayer(problems, path, lineOf, at);
    if (known.has(written.source)) say('source', 'another entry is for the same source');
    const webhook = webhookOf(written, path, say);
    if (webhook !== null) known.set(webhook.source, webhook);
  }
  if (problems.length > 0) throw refusedFile(path, 'web hooks file', problems);
  return known;
}

type Say = (field: keyof Written, message: string) => void;

function sayer(problems: Problem[], path: string, lineOf: JsonFile['lineOf'], at: number): Say {
  return (field, message) =>
    problems.push({
      row: `${path}:${lineOf([at, field])}`,
      field: `${at}.${field}`,
      rule: 'BAD_RULE',
      message,
    });
}

function webhookOf({ source, url, secretFile, allowPrivate = false }: Written, path: string, say: Say) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.username !== '' || parsed.password !== '' || parsed.hash !== '') {
    say('url', 'this is not an address without user, password and fragment');
    return null;
  }
  if (parsed.protocol !== 'https:' && !allowPrivate) {
    say('url', 'only https is allowed, or http together with allowPrivate');
    return null;
  }
  const key = keyFrom(resolve(dirname(path), secretFile), say);
  return key === undefined ? null : { source, url: parsed, key, allowPrivate };
}

function keyFrom(file: string, say: Say): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    say('secretFile', `the file ${file} cannot be read`);
    return undefined;
  }
  const key = readKey(text);
  if (key === undefined)
    say('secretFile', `the file ${file} does not hold whsec_ and 24 to 64 bytes as base64`);
  return key;
}
