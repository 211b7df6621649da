import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import type { Request } from 'express';

/** The media types of GraphQL over HTTP, the one that is meant when none is asked for first. */
export const JSON_TYPE = 'application/json';
export const RESPONSE_TYPE = 'application/graphql-response+json';

/** The type that an answer about GraphQL has, by the request's `Accept`; the first one where neither is accepted. */
export function mediaTypeOf(request: Request): string {
  return request.accepts([JSON_TYPE, RESPONSE_TYPE]) || JSON_TYPE;
}

/** Leaves in `Accept` nothing but the type that was chosen: everybody below goes by the same choice. */
export function settleMediaType(request: Request): void {
  const wanted = request.accepts([JSON_TYPE, RESPONSE_TYPE]);
  if (wanted !== false) request.headers.accept = wanted;
}

/** What is wrong with the operation itself, found before it runs. */
const NOT_RUN: readonly unknown[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
];

/**
 * Who asks for `application/json` reads errors in the body alone, and is answered 200 where the request was well
 * formed and its operation was not (GraphQL over HTTP, section 6.4.1); Apollo would say 400 in both types.
 */
export const jsonStatuses: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors = [] }) {
        if (request.http?.headers.get('accept') === RESPONSE_TYPE || response.http.status !== 400) return;
        if (errors.length > 0 && errors.every(({ extensions }) => NOT_RUN.includes(extensions.code))) {
          response.http.status = 200;
        }
      },
    };
  },
};
