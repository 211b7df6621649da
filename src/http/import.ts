import type { Request, RequestHandler } from 'express';
import { IMPORTERS, mayAct } from '../api/access.js';
import { type Limits, overLimit } from '../api/limits.js';
import type { Services } from '../api/services.js';
import { importSnapshots } from '../import/index.js';
import { spool } from '../import/read/spool.js';
import { badInput, TendrilError } from '../model/errors.js';
import { factsOf, viewerOf } from './request.js';

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
  let receiving = 0;
  return async (request, response) => {
    requireImporter(request);
    const asked = askedOf(request);
    if (receiving >= limits.importsAtOnce) throw busy(limits);
    receiving += 1;
    try {
      const result = await receive(services, spoolDir, request, asked);
      response.json({ ...result, revision: String(result.revision) });
    } finally {
      receiving -= 1;
    }
  };
}

async function receive(services: Services, spoolDir: string, request: Request, asked: Asked) {
  const { store, clock, limits } = services;
  const spooled = await spool(request, spoolDir, limits.snapshotBytes);
  try {
    const { subject, signedInBy } = viewerOf(request);
    const actor = { subject, signedInBy, requestId: factsOf(request).requestId };
    return await importSnapshots(store, [spooled.input], { ...asked, actor, now: () => clock.now() });
  } finally {
    await spooled.remove();
  }
}

interface Asked {
  readonly force: boolean;
  readonly dangling: 'refuse' | 'skip';
}

/** What the address may ask for. */
const PARAMETERS = ['force', 'dangling'];

/** What the address asks for. @throws BAD_INPUT */
function askedOf(request: Request): Asked {
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

function busy(limits: Limits): TendrilError {
  return overLimit('importsAtOnce', limits, 'Try again when one of them is done.');
}
