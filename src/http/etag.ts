import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { answerTag, type TaggedRequest } from '../api/etag/answer-tag.js';
import type { Operation } from '../api/operation/operation.js';
import { TendrilError } from '../model/errors.js';
import { JSON_TYPE } from './media-types.js';

/** A client may keep the answer, and asks each time whether it is still valid (RFC 9111, section 5.2.2). */
const REVALIDATE = 'private, no-cache';
const NOT_MODIFIED = 304;

/**
 * Gives the answers to queries by GET an entity tag (`ETag`, RFC 9110, section 8.8.3). A request that has the tag
 * already (`If-None-Match`) is answered 304 with no body, and nothing is computed for it. The tags are weak: two answers
 * with one tag may differ in the time at which they say they were given.
 */
export const etagPlugin: ApolloServerPlugin<Operation> = {
  async requestDidStart({ request }) {
    if (request.http?.method !== 'GET') return;
    const { headers } = request.http;
    let tag: string | null = null;
    return {
      async responseForOperation({
        schema,
        document,
        operation,
        queryHash,
        request: { variables },
        contextValue,
      }) {
        if (queryHash === undefined) return null;
        const mediaType = headers.get('accept') ?? JSON_TYPE;
        const asked = {
          schema,
          document,
          operation,
          documentHash: queryHash,
          variables: variables ?? {},
          mediaType,
        };
        const opaque = await tagOf(contextValue, asked);
        if (opaque === null) return null;
        tag = `W/"${opaque}"`;
        if (!matches(tag, headers.get('if-none-match'))) return null;
        const http = { status: NOT_MODIFIED, headers: new HeaderMap() };
        return { http, body: { kind: 'single', singleResult: {} } };
      },
      async willSendResponse({ response, errors = [], contextValue }) {
        if (tag === null || errors.length > 0 || contextValue.tooLong !== undefined) return;
        response.http.headers.set('etag', tag);
        response.http.headers.set('cache-control', REVALIDATE);
      },
    };
  },
};

/** Null where the state cannot be read: the fields that read it again report the error in their places. */
async function tagOf(operation: Operation, asked: TaggedRequest): Promise<string | null> {
  try {
    return await answerTag(operation, asked);
  } catch (error) {
    if (error instanceof TendrilError) return null;
    throw error;
  }
}

/**
 * Whether `If-None-Match` has a tag, by weak comparison. `Cache-Control: no-cache` beside it changes nothing: it asks
 * to validate what is kept, and `fetch` sends it with every tag.
 */
const matches = (tag: string, header: string | undefined): boolean =>
  header?.split(',').some((other) => other.trim() === tag) ?? false;
