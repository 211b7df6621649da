import type { Request, RequestHandler } from 'express';
import type { TrustedDocuments } from '../api/trusted/trusted-documents.js';
import { badInput } from '../model/errors.js';
import { factsOf } from './request.js';

/**
 * Lets only trusted documents run. It finds the document that a request names, keeps it with the request's facts, and
 * puts its text into the request as its query.
 *
 * @throws what `TrustedDocuments.find` throws, where the request names no trusted document
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
  // Apollo's protection against forged requests is not needed: a browser sends `Authorization` to another origin only
  // after a preflight request, and no request is signed in without that header.
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

/** Removes the hash that named the document: Apollo would look for it in its own cache of persisted queries. */
function withoutHash(extensions: object): object {
  const { persistedQuery: _, ...rest } = extensions as Record<string, unknown>;
  return rest;
}
