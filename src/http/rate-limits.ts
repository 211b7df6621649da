import type { RequestHandler } from 'express';
import { type Limits, overRate } from '../api/limits.js';
import { viewerOf } from './request.js';
import { subjectKey } from './subject-key.js';
import { TokenBuckets } from './token-buckets.js';

/**
 * Stands behind sign-in: so many requests a minute for each subject, and so many at one time.
 *
 * @throws RATE_LIMITED, with the seconds after which to try again
 */
export function limitSubjects(limits: Limits): RequestHandler {
  const buckets = new TokenBuckets(limits.requestsPerMinute);
  const running = new Map<string, number>();
  return (request, response, next) => {
    const who = subjectKey(viewerOf(request));
    const at = running.get(who) ?? 0;
    if (at >= limits.requestsAtOnce) throw overRate('requestsAtOnce', limits, 1);
    const wait = buckets.take(who);
    if (wait > 0) throw overRate('requestsPerMinute', limits, wait);
    running.set(who, at + 1);
    response.once('close', () => {
      const left = (running.get(who) ?? 1) - 1;
      if (left > 0) running.set(who, left);
      else running.delete(who);
    });
    next();
  };
}
