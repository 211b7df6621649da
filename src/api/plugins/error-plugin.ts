import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { codeOf, formatError, publicError } from '../errors/errors.js';
import type { Limits } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';

/**
 * Formats errors for callers, and logs those that are masked. Apollo's formatter does not get the request, so that the
 * plugin notes the request id of each error.
 */
export function errorHandling(limits: Limits, log: Logger) {
  const requestIds = new WeakMap<object, string>();

  const plugin: ApolloServerPlugin<Operation> = {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          const [first] = errors;
          if (first !== undefined) contextValue.logged.error ??= codeOf(first, limits);
          for (const error of errors) {
            requestIds.set(error, contextValue.requestId);
            logUnknown(error, contextValue.requestId);
          }
        },
      };
    },
  };

  function logUnknown(error: GraphQLError, requestId: string): void {
    if (publicError(error, error, limits) !== undefined) return;
    log.error({ requestId, err: error.originalError ?? error, path: error.path }, 'masked an internal error');
  }

  const format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const requestId = typeof error === 'object' && error !== null ? requestIds.get(error) : undefined;
    return formatError(formatted, error, limits, requestId ?? 'unknown');
  };

  return { plugin, format };
}
