import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { Operation } from '../api/operation.js';
import { type Asked, answerTag } from '../api/unchanged/answer-tag.js';
import { TendrilError } from '../model/errors.js';
import { JSON_TYPE } from './media-types.js';

/** Whoever has it may keep it, and asks each time whether it still holds (RFC 9111, section 5.2.2). */
const ASK_AGAIN = 'private, no-cache';
const NOT_MODIFIED = 304;

/**
 * Names the answers to queries by GET (`ETag`, RFC 9110, section 8.8.3), and answers 304 with nothing, and without
 * working anything out, to whoever has that answer already (`If-None-Match`). The names are weak: two answers of
 * one name may differ in the moment that they say they were given at.
 */
export const unchangedAnswers: ApolloServerPlugin<Operation> = {
  async requestDidStart({ request }) {
    if (request.http?.method !== 'GET') return;
    const { headers } = request.http;
    let tag: string | null = null;
    return {
      async responseForOperation({ document, operation, queryHash, request: { variables }, contextValue }) {
        if (queryHash === undefined) return null;
        const mediaType = headers.get('accept') ?? JSON_TYPE;
        const asked = { document, operation, documentHash: queryHash, variables: variables ?? {}, mediaType };
        const name = await nameOf(contextValue, asked);
        if (name === null) return null;
        tag = `W/"${name}"`;
        if (!has(tag, headers.get('if-none-match'))) return null;
        const http = { status: NOT_MODIFIED, headers: new HeaderMap() };
        return { http, body: { kind: 'single', singleResult: {} } };
      },
      async willSendResponse({ response, errors = [], contextValue }) {
        if (tag === null || errors.length > 0 || contextValue.tooLong !== undefined) return;
        response.http.headers.set('etag', tag);
        response.http.headers.set('cache-control', ASK_AGAIN);
      },
    };
  },
};

/** What cannot be looked at has no name; why, the fields that look at it again tell in their places. */
async function nameOf(operation: Operation, asked: Asked): Promise<string | null> {
  try {
    return await answerTag(operation, asked);
  } catch (error) {
    if (error instanceof TendrilError) return null;
    throw error;
  }
}

/**
 * Whether one of the names that a caller has is this one, compared as weak ones. `Cache-Control: no-cache` beside it
 * changes nothing: it wants to be told that what is kept still holds, and `fetch` sends it with every name.
 */
const has = (tag: string, names: string | undefined): boolean =>
  names?.split(',').some((name) => name.trim() === tag) ?? false;
