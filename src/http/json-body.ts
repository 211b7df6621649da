import express, { type Request, type RequestHandler } from 'express';
import { IMPORTERS, mayAct } from '../api/access.js';
import { type LimitName, type Limits, overRate } from '../api/limits.js';
import { factsOf, viewerOf } from './request.js';
import { subjectKey } from './subject-key.js';

/**
 * Reads the JSON of requests to `/graphql`. It takes many times its length in memory, and nobody else has a turn while
 * it is parsed: so it may be long only for who may send a snapshot in it, and the bodies of one subject that are here
 * at one time only so long together.
 *
 * @throws RATE_LIMITED for more at one time; what Express throws for a body that is too long, or no JSON
 */
export function readJson(limits: Limits): RequestHandler[] {
  return [limitTogether(limits), parse(limits)];
}

/** The limit on the body of a request. */
function limitOf(request: Request): LimitName {
  return mayAct(viewerOf(request), IMPORTERS) ? 'snapshotRequestBytes' : 'requestBytes';
}

function parse(limits: Limits): RequestHandler {
  const parserOf = (name: LimitName) =>
    express.json({ limit: limits[name], strict: true, type: 'application/json' });
  const parsers = new Map(
    (['requestBytes', 'snapshotRequestBytes'] as const).map((name) => [name as LimitName, parserOf(name)]),
  );
  return (request, response, next) => {
    const limit = limitOf(request);
    factsOf(request).bodyLimit = limit;
    parsers.get(limit)?.(request, response, next);
  };
}

function limitTogether(limits: Limits): RequestHandler {
  const here = new Map<string, number>();
  return (request, response, next) => {
    const who = subjectKey(viewerOf(request));
    const bytes = Math.min(lengthOf(request), limits[limitOf(request)]);
    const before = here.get(who) ?? 0;
    // One alone is held to its own limit only.
    if (before > 0 && before + bytes > limits.requestBytesAtOnce)
      throw overRate('requestBytesAtOnce', limits, 1);
    here.set(who, before + bytes);
    response.once('close', () => {
      const left = (here.get(who) ?? 0) - bytes;
      if (left > 0) here.set(who, left);
      else here.delete(who);
    });
    next();
  };
}

/** How long a body is to become, in bytes; without end where nobody knows before it is here, and unpacked. */
function lengthOf({ headers }: Request): number {
  const packed = headers['content-encoding'] !== undefined;
  if (packed || headers['transfer-encoding'] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers['content-length'] ?? 0);
}
