import type { ApolloServerPlugin } from '@apollo/server';
import type { Operation } from './operation.js';
import { nameToTell } from './told.js';

/** Notes the name of an operation. */
export const tellName: ApolloServerPlugin<Operation> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operationName, contextValue }) {
        contextValue.told.operation = nameToTell(operationName);
      },
    };
  },
};
