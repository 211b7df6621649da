import express, { type Request, type RequestHandler } from 'express';
import { IMPORTERS, mayAct } from '../api/access/access.js';
import { type LimitName, type Limits, overRate } from '../api/limits/limits.js';
import { InFlight } from './in-flight.js';
import { factsOf, viewerOf } from './request.js';
import { subjectKey } from './subject-key.js';

/**
 * Reads the JSON of requests to `/graphql`. Parsed JSON takes many times its length in memory, and parsing blocks the
 * event loop. So only subjects that may import snapshots may send a long body, and there is a limit on the bodies of
 * one subject together at one time.
 *
 * @throws RATE_LIMITED for more at one time; what Express throws for a body that is too long or is no JSON
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
  const reading = new InFlight();
  return (request, response, next) => {
    const subject = subjectKey(viewerOf(request));
    const bytes = Math.min(lengthOf(request), limits[limitOf(request)]);
    const before = reading.of(subject);
    // A single body is held only to its own limit.
    if (before > 0 && before + bytes > limits.requestBytesAtOnce)
      throw overRate('requestBytesAtOnce', limits, 1);
    response.once('close', reading.add(subject, bytes));
    next();
  };
}

/** The length that a body announces, in bytes; infinity where it is known only after reading or unpacking the body. */
function lengthOf({ headers }: Request): number {
  const packed = headers['content-encoding'] !== undefined;
  if (packed || headers['transfer-encoding'] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers['content-length'] ?? 0);
}
