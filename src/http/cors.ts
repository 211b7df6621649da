import type { RequestHandler } from 'express';

/** Headers that a page may send and read, beyond those that the Fetch standard allows every page (section 3.2). */
const SENT =
  'Authorization, Content-Type, Apollo-Require-Preflight, If-None-Match, Tendril-At-Least-Revision';
const READ = 'ETag, Retry-After, X-Request-Id';
/** How long a browser may keep the answer to a preflight request, in seconds. */
const REMEMBERED = '600';

/**
 * Lets pages of these origins call the service from a browser (CORS). Origins are compared as a whole, there is no
 * wildcard, and cookies are never allowed. A page of another origin gets no header, so its browser withholds the answer.
 */
export function letPagesCall(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (origins.length > 0) response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', READ);
    if (request.method !== 'OPTIONS' || request.header('access-control-request-method') === undefined) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader('Access-Control-Allow-Headers', SENT);
    response.setHeader('Access-Control-Max-Age', REMEMBERED);
    response.status(204).end();
  };
}
