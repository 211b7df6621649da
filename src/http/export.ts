import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler } from 'express';
import { READERS, requireRole } from '../api/access/access.js';
import { emptyOperationLog } from '../api/operation/operation-log.js';
import type { Services } from '../api/operation/services.js';
import { type Export, type ExportQuery, exportAt, ndjsonOf } from '../export/index.js';
import { badInput } from '../model/errors.js';
import { parseTime } from '../model/time.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { factsOf, viewerOf } from './request.js';
import { subjectKey } from './subject-key.js';

const LATER = 'Try again when one of them is done.';

/** Listeners of one event that a response may have before Node warns of a leak. */
const LISTENERS = 30;

/** The query parameters of the path. */
const PARAMETERS = ['asOf', 'source'];

/**
 * `GET /export?asOf=&source=`: the graph as full snapshots, as a stream of NDJSON. The first line describes the stream,
 * `{"export":{"revision":"7","sources":["aws:acme","hr:acme"]}}`. The snapshots of these sources follow one after the
 * other, and each begins with its header, `{"source":…}`. Without the first line, and split before each header, they are
 * the files that `tendril export --out DIR` writes.
 */
export function exportEndpoint({ store, limits }: Services): RequestHandler {
  const ofAll = new ConcurrencyLimit('exportsAtOnce', limits, LATER);
  const ofOne = new ConcurrencyLimit('exportsOfOne', limits, LATER);
  return async (request, response) => {
    requireRole(viewerOf(request), READERS, 'Exporting');
    const query = queryOf(request);
    response.setHeader('Content-Type', 'application/x-ndjson');
    // The headers say nothing of the graph, so nothing of it is read for them.
    if (request.method === 'HEAD') return void response.end();
    // First the limit of the subject: a caller that has reached it reads so, however many exports of others run.
    const releaseOwn = ofOne.acquire(subjectKey(viewerOf(request)));
    let release = () => {};
    try {
      release = ofAll.acquire('');
      const exported = await exportAt(store, query);
      factsOf(request).logged = { ...emptyOperationLog(), revision: exported.revision };
      // Each step of the way in listens for the end of the response, and the pipeline adds its own: more than Node's ten.
      response.setMaxListeners(LISTENERS);
      // If the store fails now, the body breaks off: the status has been sent already.
      await pipeline(Readable.from(bytesOf(exported)), response);
    } finally {
      release();
      releaseOwn();
    }
  };
}

async function* bytesOf({ revision, parts }: Export): AsyncGenerator<Buffer> {
  const sources = parts.map(({ source }) => source);
  yield Buffer.from(`${JSON.stringify({ export: { revision: String(revision), sources } })}\n`);
  for (const { lines } of parts) yield* ndjsonOf(lines);
}

/** @throws BAD_INPUT */
function queryOf({ query }: Request): ExportQuery {
  // The message does not repeat what was sent: it may hold a secret.
  if (Object.keys(query).some((name) => !PARAMETERS.includes(name))) {
    throw badInput(`The address of /export takes ${PARAMETERS.join(' and ')} and nothing else.`);
  }
  const { asOf, source } = query;
  const at = asOf === undefined ? undefined : parseTime(String(asOf));
  if (asOf !== undefined && at === undefined) throw badInput('`asOf` is an ISO 8601 time.');
  return { asOf: at, source: source === undefined ? undefined : String(source) };
}
