import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { Request } from 'express';

/** The media types of GraphQL over HTTP. The first is the default. */
export const JSON_TYPE = 'application/json';
export const RESPONSE_TYPE = 'application/graphql-response+json';

/** The media type of an answer about GraphQL, by the request's `Accept`; the default where neither is accepted. */
export function mediaTypeOf(request: Request): string {
  return request.accepts([JSON_TYPE, RESPONSE_TYPE]) || JSON_TYPE;
}

/** Replaces `Accept` by the type that was chosen, so that all handlers after this one choose the same. */
export function settleMediaType(request: Request): void {
  const wanted = request.accepts([JSON_TYPE, RESPONSE_TYPE]);
  if (wanted !== false) request.headers.accept = wanted;
}

/** Errors of the operation itself, found before it is executed. */
const NOT_EXECUTED: readonly unknown[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
];

/**
 * With `application/json`, a well-formed request whose operation is not valid is answered 200, and its errors are in the
 * body alone (GraphQL over HTTP, section 6.4.1). Apollo would answer 400 with both types.
 */
export const jsonStatuses: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors = [] }) {
        if (request.http?.headers.get('accept') === RESPONSE_TYPE || response.http.status !== 400) return;
        if (errors.length > 0 && errors.every(({ extensions }) => NOT_EXECUTED.includes(extensions.code))) {
          response.http.status = 200;
        }
      },
    };
  },
};
