import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { RequestHandler } from 'express';

/** The first query of README, with which the explorer opens. */
export const FIRST_QUERY = `# Paste a token of this start under Headers: { "Authorization": "Bearer …" }
query Leaver {
  exposureRanking(first: 3) {
    nodes { human { id name status } exposed highestPermission }
  }
  overview {
    revision
    byKind { kind count live }
    lingering
    unowned
  }
}
`;

const PAGE = renderGraphiQL({
  title: 'Tendril',
  endpoint: '/graphql',
  defaultQuery: FIRST_QUERY,
  headers: JSON.stringify({ Authorization: 'Bearer ' }, null, 2),
  shouldPersistHeaders: false,
  credentials: 'omit',
});

/** Scripts run only if they are the page's own, known by their hash; the page reaches this service only. */
const POLICY = [
  "default-src 'none'",
  `script-src ${hashesOf(PAGE)} blob:`,
  'worker-src blob:',
  // The editor writes its styles while it runs.
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TAG = createHash('sha256').update(PAGE).digest('base64url');

/** The explorer. It may be looked at by anybody, and can ask nothing without a token. */
export const explorer: RequestHandler = (_request, response) => {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('ETag', `"${TAG}"`);
  response.type('html').send(PAGE);
};

function hashesOf(page: string): string {
  const scripts = page.matchAll(/<script>([\s\S]*?)<\/script>/g);
  return [...scripts]
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .join(' ');
}
