import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { TendrilError } from '../../model/errors.js';

/** An error for an operation that is understood and is not run for it: status 400, in every media type. */
export function refused(error: TendrilError): GraphQLError {
  // Typed loosely: another library declares `http` of its own on these extensions.
  const extensions: Record<string, unknown> = { http: { status: 400, headers: new HeaderMap() } };
  return new GraphQLError(error.message, { originalError: error, extensions });
}
