import type { Request, RequestHandler } from 'express';
import { IMPORTERS, requireRole } from '../api/access/access.js';
import type { Limits } from '../api/limits/limits.js';
import { emptyOperationLog } from '../api/operation/operation-log.js';
import type { Services } from '../api/operation/services.js';
import { MAX_INPUTS } from '../import/base/limits.js';
import { importSnapshots } from '../import/index.js';
import { type Spooled, spool } from '../import/read/spool.js';
import { badInput, limitExceeded, unavailable } from '../model/errors.js';
import { SNAPSHOT_FRAMES } from '../model/snapshot-frames.js';
import { answerError } from './answer-errors.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { framesIn } from './import-frames.js';
import { factsOf, viewerOf } from './request.js';
import { UNSUPPORTED_MEDIA_TYPE } from './status-codes.js';
import { subjectKey } from './subject-key.js';
import { bytesOf } from './timeouts.js';

const LATER = 'Try again when one of them is done.';

/** Media types of a snapshot. Its content, and not the type, tells NDJSON from JSON. */
const TYPES = ['application/x-ndjson', 'application/ndjson', 'application/json', SNAPSHOT_FRAMES];

/**
 * `POST /import?force=&dangling=`: imports a snapshot that is sent as a stream of NDJSON or as JSON, with the rules, the
 * roles and the answer of the mutation `importSnapshot`; or several of them as one import, framed as `SNAPSHOT_FRAMES` says.
 *
 * @param spoolDir the folder that holds a body until it is complete, so that a slow caller does not block the store
 */
export function importEndpoint(services: Services, spoolDir: string): RequestHandler {
  const { limits } = services;
  const ofAll = new ConcurrencyLimit('importsAtOnce', limits, LATER);
  const ofOne = new ConcurrencyLimit('importsOfOne', limits, LATER);
  return async (request, response) => {
    requireRole(viewerOf(request), IMPORTERS, 'Importing');
    const parameters = parametersOf(request);
    if (isEncoded(request)) {
      const error = badInput('Send the snapshot as it is: /import takes no Content-Encoding.');
      answerError(error, request, response, UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    // First the limit of the subject: a caller that has reached it reads so, however many imports of others run.
    const releaseOwn = ofOne.acquire(subjectKey(viewerOf(request)));
    let release = () => {};
    try {
      release = ofAll.acquire('');
      const result = await receive(services, spoolDir, request, parameters);
      factsOf(request).logged = { ...emptyOperationLog(), revision: result.revision };
      response.json({ ...result, revision: String(result.revision) });
    } finally {
      release();
      releaseOwn();
    }
  };
}

async function receive(services: Services, spoolDir: string, request: Request, parameters: ImportParameters) {
  const { store, clock, limits, postCaseMonitor } = services;
  const spooled: Spooled[] = [];
  try {
    await spoolAll(request, spoolDir, limits, spooled).catch((error) => {
      throw asUnavailable(error);
    });
    const { subject, signedInBy } = viewerOf(request);
    const actor = { subject, signedInBy, requestId: factsOf(request).requestId };
    const now = () => clock.now();
    // Parsing a document blocks the event loop, so it has a limit; NDJSON is read a few lines at a time.
    const inputs = spooled.map(({ input }) => ({ ...input, documentBytes: limits.documentBytes }));
    return await importSnapshots(store, inputs, { ...parameters, actor, now, postCaseMonitor });
  } finally {
    for (const { remove } of spooled) await remove();
  }
}

/**
 * Writes the snapshot, or the snapshots, of a body to temporary files.
 *
 * @param spooled gets each file when it is complete, so that it can be removed even where a later one is refused
 */
async function spoolAll(request: Request, dir: string, limits: Limits, spooled: Spooled[]): Promise<void> {
  const body = bytesOf(request, limits);
  if (!request.is(SNAPSHOT_FRAMES)) {
    spooled.push(await spool(body, dir, limits.snapshotBytes));
    return;
  }
  let left = limits.snapshotBytes;
  for await (const { name, bytes } of framesIn(body)) {
    if (spooled.length === MAX_INPUTS) {
      const message = `One import takes ${MAX_INPUTS} files; import the rest after it.`;
      throw limitExceeded(message, 'inputs', MAX_INPUTS);
    }
    const next = await spool(bytes, dir, left, name);
    spooled.push(next);
    left -= next.input.size ?? 0;
  }
}

/** Errors of the operating system that say that the disk takes no more (errno(3)). */
const NO_SPACE: Readonly<Record<string, string>> = {
  ENOSPC: 'is full',
  EDQUOT: 'is full for this user',
  EROFS: 'can only be read',
};

/** A full disk is neither the caller's fault nor a defect: the error becomes UNAVAILABLE. Others stay as they are. */
export function asUnavailable(error: unknown): unknown {
  const trouble = NO_SPACE[String((error as { code?: unknown } | null)?.code)];
  if (trouble === undefined) return error;
  const message = `The disk on which snapshots wait until they are complete ${trouble}. Nothing was imported; make room and send it again.`;
  return unavailable(message, error);
}

/** Whether the body is compressed: it would be read as if it were text. */
function isEncoded(request: Request): boolean {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}

interface ImportParameters {
  readonly force: boolean;
  readonly dangling: 'refuse' | 'skip';
}

/** The query parameters of the path. */
const PARAMETERS = ['force', 'dangling'];

/** The options that the query parameters give. @throws BAD_INPUT */
function parametersOf(request: Request): ImportParameters {
  // The message does not repeat what was sent: it may hold a secret.
  if (Object.keys(request.query).some((name) => !PARAMETERS.includes(name))) {
    throw badInput(`The address of /import takes ${PARAMETERS.join(' and ')} and nothing else.`);
  }
  const { force = 'false', dangling = 'refuse' } = request.query;
  if (force !== 'true' && force !== 'false') throw badInput('`force` is true or false.');
  const rule = String(dangling).toLowerCase();
  if (rule !== 'refuse' && rule !== 'skip') throw badInput('`dangling` is refuse or skip.');
  if (!request.is(TYPES)) throw badInput(`Send the snapshot as one of ${TYPES.join(', ')}.`);
  return { force: force === 'true', dangling: rule };
}
