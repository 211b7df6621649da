import type { ApolloServerPlugin } from '@apollo/server';
import type { Operation } from './operation.js';
import { nameToTell } from './told.js';

/** Notes what an operation is called, and of what type it is. */
export const tellName: ApolloServerPlugin<Operation> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName, contextValue: { told } }) {
        told.operation = nameToTell(operationName);
        told.type = operation?.operation ?? null;
      },
    };
  },
};
