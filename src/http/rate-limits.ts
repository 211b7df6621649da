import type { RequestHandler } from 'express';
import { type Limits, overRate } from '../api/limits/limits.js';
import { InFlight } from './in-flight.js';
import { viewerOf } from './request.js';
import { subjectKey } from './subject-key.js';
import { TokenBuckets } from './token-buckets.js';

/**
 * Limits the requests of each subject, per minute and at one time. It stands behind sign-in.
 *
 * @throws RATE_LIMITED, with the seconds after which to try again
 */
export function limitSubjects(limits: Limits): RequestHandler {
  const buckets = new TokenBuckets(limits.requestsPerMinute);
  const running = new InFlight();
  return (request, response, next) => {
    const subject = subjectKey(viewerOf(request));
    if (running.of(subject) >= limits.requestsAtOnce) throw overRate('requestsAtOnce', limits, 1);
    const wait = buckets.take(subject);
    if (wait > 0) throw overRate('requestsPerMinute', limits, wait);
    response.once('close', running.add(subject));
    next();
  };
}
