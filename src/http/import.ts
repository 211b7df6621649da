import type { Request, RequestHandler } from 'express';
import { IMPORTERS, mayAct } from '../api/access/access.js';
import { nothingToTell } from '../api/operation/operation-log.js';
import type { Services } from '../api/operation/services.js';
import { importSnapshots } from '../import/index.js';
import { spool } from '../import/read/spool.js';
import { badInput, TendrilError, unavailable } from '../model/errors.js';
import { answerError } from './answer-errors.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { factsOf, viewerOf } from './request.js';
import { UNSUPPORTED_MEDIA_TYPE } from './status-codes.js';
import { subjectKey } from './subject-key.js';
import { bytesOf } from './timeouts.js';

const LATER = 'Try again when one of them is done.';

/** NDJSON and JSON are told apart by what is in them; the type only says that the caller means a snapshot. */
const TYPES = ['application/x-ndjson', 'application/ndjson', 'application/json'];

/**
 * `POST /import?force=&dangling=`: a snapshot as a stream of NDJSON or as JSON, by the same rules, roles and
 * answer as the mutation `importSnapshot`.
 *
 * @param spoolDir where a body waits until it is whole, so that a slow caller never holds the store
 */
export function importEndpoint(services: Services, spoolDir: string): RequestHandler {
  const { limits } = services;
  const ofAll = new ConcurrencyLimit('importsAtOnce', limits, LATER);
  const ofOne = new ConcurrencyLimit('importsOfOne', limits, LATER);
  return async (request, response) => {
    requireImporter(request);
    const parameters = parametersOf(request);
    if (isEncoded(request)) {
      const error = badInput('Send the snapshot as it is: /import takes no Content-Encoding.');
      answerError(error, request, response, UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    // Whoever has all that one may have is told so, also while others have the rest.
    const releaseOwn = ofOne.acquire(subjectKey(viewerOf(request)));
    let release = () => {};
    try {
      release = ofAll.acquire('');
      const result = await receive(services, spoolDir, request, parameters);
      factsOf(request).told = { ...nothingToTell(), revision: result.revision };
      response.json({ ...result, revision: String(result.revision) });
    } finally {
      release();
      releaseOwn();
    }
  };
}

async function receive(services: Services, spoolDir: string, request: Request, parameters: ImportParameters) {
  const { store, clock, limits, aftermath } = services;
  const spooled = await spool(bytesOf(request, limits), spoolDir, limits.snapshotBytes).catch((error) => {
    throw asUnavailable(error);
  });
  try {
    const { subject, signedInBy } = viewerOf(request);
    const actor = { subject, signedInBy, requestId: factsOf(request).requestId };
    const now = () => clock.now();
    // Nobody else has a turn while a document is parsed; lines are read a few at a time.
    const input = { ...spooled.input, documentBytes: limits.documentBytes };
    return await importSnapshots(store, [input], { ...parameters, actor, now, aftermath });
  } finally {
    await spooled.remove();
  }
}

/** What the operating system says where nothing more can be written down (errno(3)). */
const NO_ROOM: Readonly<Record<string, string>> = {
  ENOSPC: 'is full',
  EDQUOT: 'is full for this user',
  EROFS: 'can only be read',
};

/** A body that finds no room is not its sender's fault, nor a defect of ours; every other error stays as it is. */
export function asUnavailable(error: unknown): unknown {
  const trouble = NO_ROOM[String((error as { code?: unknown } | null)?.code)];
  if (trouble === undefined) return error;
  const message = `The disk on which snapshots wait until they are whole ${trouble}. Nothing was imported; make room and send it again.`;
  return unavailable(message, error);
}

/** Whether the body is packed, such as by gzip: its bytes would be read as they are. */
function isEncoded(request: Request): boolean {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() ?? '';
  return encoding !== '' && encoding !== 'identity';
}

interface ImportParameters {
  readonly force: boolean;
  readonly dangling: 'refuse' | 'skip';
}

/** What the address may ask for. */
const PARAMETERS = ['force', 'dangling'];

/** What the address asks for. @throws BAD_INPUT */
function parametersOf(request: Request): ImportParameters {
  // What was sent is not repeated: nobody has looked at it.
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

function requireImporter(request: Request): void {
  if (mayAct(viewerOf(request), IMPORTERS)) return;
  throw new TendrilError('FORBIDDEN', `Importing is for the roles ${IMPORTERS.join(', ')}.`);
}
