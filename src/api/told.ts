import type { ApolloServerPlugin } from '@apollo/server';
import type { Operation } from './operation.js';

/** What the log and traces say of an operation: nothing that was asked, and nothing that was answered. */
export interface Told {
  /** The name its caller gave it, cut to {@link MOST}; null: none, or it was not understood. */
  operation: string | null;
  /** The state it speaks of; null: it never came to one. */
  revision: number | null;
}

/** How much of a name is told, in characters: a caller may make it as long as a request. */
const MOST = 100;

/** Notes the name of an operation. */
export const tellName: ApolloServerPlugin<Operation> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operationName, contextValue }) {
        contextValue.told.operation = operationName?.slice(0, MOST) ?? null;
      },
    };
  },
};
