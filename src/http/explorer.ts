import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

/** The first query of docs/using/graphql.md, with which the explorer opens. */
export const FIRST_QUERY = `# Under Headers, below: { "Authorization": "Bearer <token>" }, with a token that the start printed.
{
  blastRadius(human: "tamsin.okoro@fennmarsh.example") {
    complete
    blindSpots { account { id } missing }
    summary { highestPermission bySensitivity { sensitivity count } }
    exposure(first: 1, orderBy: { field: SENSITIVITY, direction: DESC }) {
      totalCount
      nodes { entity { id } permission path { relationship { type } to { id } } }
    }
    continuity(first: 2) { totalCount nodes { entity { id } path { relationship { type } to { id } } } }
    orphans { totalCount }
    cut { totalCount }
    conflicts(first: 1) { totalCount nodes { entity { id } resolution workloads { id } } }
  }
}
`;

/** The page, its content security policy and its entity tag. It has several megabytes, so it is made on first use. */
interface Page {
  readonly html: string;
  readonly policy: string;
  readonly tag: string;
}

let made: Promise<Page> | undefined;

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Tendril',
    endpoint: '/graphql',
    defaultQuery: FIRST_QUERY,
    headers: JSON.stringify({ Authorization: 'Bearer ' }, null, 2),
    shouldPersistHeaders: false,
    credentials: 'omit',
  });
  return { html, policy: policyOf(html), tag: createHash('sha256').update(html).digest('base64url') };
}

/** Only the page's own scripts run, which the policy names by their hashes; the page can call this service only. */
function policyOf(html: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashesOf(html)} blob:`,
    'worker-src blob:',
    // The editor adds styles at run time.
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves GraphiQL. The page needs no sign-in; its queries need a token. */
export const explorer: RequestHandler = async (_request, response) => {
  made ??= makePage();
  const { html, policy, tag } = await made;
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('ETag', `"${tag}"`);
  response.type('html').send(html);
};

function hashesOf(page: string): string {
  const scripts = page.matchAll(/<script>([\s\S]*?)<\/script>/g);
  return [...scripts]
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .join(' ');
}
