import { createHash } from 'node:crypto';
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
interface WebhookEntry {
  readonly source: string;
  readonly url: string;
  readonly secretFile: string;
  readonly allowPrivate?: boolean;
}

const schema = new FileSchema<readonly WebhookEntry[]>('webhooks.schema.json', 'web hooks file');

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
  for (const [at, entry] of value.entries()) {
    const report = reporterFor(problems, path, lineOf, at);
    if (known.has(entry.source)) report('source', 'another entry is for the same source');
    const webhook = webhookOf(entry, path, report);
    if (webhook !== null) known.set(webhook.source, webhook);
  }
  if (problems.length > 0) throw refusedFile(path, 'web hooks file', problems);
  return known;
}

type Report = (field: keyof WebhookEntry, message: string) => void;

function reporterFor(problems: Problem[], path: string, lineOf: JsonFile['lineOf'], at: number): Report {
  return (field, message) =>
    problems.push({
      row: `${path}:${lineOf([at, field])}`,
      field: `${at}.${field}`,
      rule: 'BAD_RULE',
      message,
    });
}

function webhookOf(
  { source, url, secretFile, allowPrivate = false }: WebhookEntry,
  path: string,
  report: Report,
) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.username !== '' || parsed.password !== '' || parsed.hash !== '') {
    report('url', 'this is not an address without user, password and fragment');
    return null;
  }
  if (parsed.protocol !== 'https:' && !allowPrivate) {
    report('url', 'only https is allowed, or http together with allowPrivate');
    return null;
  }
  const key = keyFrom(resolve(dirname(path), secretFile), report);
  return key === undefined ? null : { source, url: parsed, key, allowPrivate };
}

function keyFrom(file: string, report: Report): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    report('secretFile', `the file ${file} cannot be read`);
    return undefined;
  }
  const key = readKey(text);
  if (key === undefined)
    report('secretFile', `the file ${file} does not hold whsec_ and 24 to 64 bytes as base64`);
  return key;
}

/**
 * An address for people and for hashes: the host, and a hash of the whole. The path and the query of a web hook may
 * be what protects it, so they are never shown or kept.
 */
export function addressInWords({ url }: Pick<Webhook, 'url'>): string {
  const hash = createHash('sha256').update(url.href).digest('hex');
  return `${url.origin} sha256:${hash}`;
}
