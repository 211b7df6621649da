import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { TendrilError } from '../../model/errors.js';

/** The error of a valid operation that is refused before it runs: status 400, in every media type. */
export function refused(error: TendrilError): GraphQLError {
  // Typed loosely: another library declares `http` of its own on these extensions.
  const extensions: Record<string, unknown> = { http: { status: 400, headers: new HeaderMap() } };
  return new GraphQLError(error.message, { originalError: error, extensions });
}
