import type { Request, RequestHandler } from 'express';
import type { TrustedDocuments } from '../api/trusted/trusted-documents.js';
import { badInput } from '../model/errors.js';
import { factsOf } from './request.js';

/**
 * Lets nothing run but trusted documents: finds the one that a request means, keeps it with the request's facts, and
 * puts its text where those behind look for one.
 *
 * @throws what `TrustedDocuments.find` throws, for whatever asks for something else
 */
export function onlyTrusted(documents: TrustedDocuments): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET') byAddress(request, documents);
    else if (request.method === 'POST') byBody(request, documents);
    next();
  };
}

function byBody(request: Request, documents: TrustedDocuments): void {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badInput('Send one JSON object that has a `documentId`.');
  }
  const { documentId: _, ...rest } = body as Record<string, unknown>;
  const { extensions } = rest;
  const document = documents.find(body);
  factsOf(request).trusted = document;
  request.body = { ...rest, query: document.text };
  if (isObject(extensions)) request.body.extensions = withoutHash(extensions);
}

function byAddress(request: Request, documents: TrustedDocuments): void {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(search);
  const documentId = once(parameters, 'documentId');
  const query = once(parameters, 'query');
  const extensions = jsonOf(once(parameters, 'extensions'));
  const document = documents.find({ documentId, query, extensions });
  factsOf(request).trusted = document;
  parameters.delete('documentId');
  parameters.set('query', document.text);
  if (extensions !== undefined) parameters.set('extensions', JSON.stringify(withoutHash(extensions)));
  request.url = `${path}?${parameters}`;
  // A browser asks first before it sends `Authorization` for a page elsewhere, and nobody is signed in without.
  request.headers['apollo-require-preflight'] = 'true';
}

function once(parameters: URLSearchParams, name: string): string | undefined {
  const [value, more] = parameters.getAll(name);
  if (more !== undefined) throw badInput(`The address has \`${name}\` twice. Say it once.`);
  return value;
}

function jsonOf(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw badInput('`extensions` in the address is no JSON object.');
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without what named the document: Apollo would look for it in a cache of its own. */
function withoutHash(extensions: object): object {
  const { persistedQuery: _, ...rest } = extensions as Record<string, unknown>;
  return rest;
}
