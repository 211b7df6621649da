import type { ApolloServerPlugin } from '@apollo/server';
import type { Operation } from '../operation/operation.js';
import { loggedName } from '../operation/operation-log.js';

/** Notes the name and the type of an operation for the log. */
export const logOperationName: ApolloServerPlugin<Operation> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName, contextValue: { logged } }) {
        logged.operation = loggedName(operationName);
        logged.type = operation?.operation ?? null;
      },
    };
  },
};
