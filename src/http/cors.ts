import type { RequestHandler } from 'express';

/** What a page may send and read beyond what the Fetch standard lets every page (section 3.2, CORS protocol). */
const SENT =
  'Authorization, Content-Type, Apollo-Require-Preflight, If-None-Match, Tendril-At-Least-Revision';
const READ = 'ETag, Retry-After, X-Request-Id';
/** For how long a browser may remember that it may ask, in seconds. */
const REMEMBERED = '600';

/**
 * Lets pages of these origins call from a browser, and no others: each is compared whole, there is no wildcard, and
 * cookies are never asked for. Who asks from elsewhere gets no header, and the browser keeps the answer from the page.
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
