import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import { badInput } from '../../model/errors.js';
import { refused } from '../errors/refused.js';

const BY_WEB_SOCKET =
  'A subscription is not answered by HTTP. Subscribe at this address by WebSocket (graphql-transport-ws).';

/** Refuses subscriptions by plain HTTP, which has one answer for a request (BAD_INPUT, status 400). */
export const refuseSubscriptions: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw refused(badInput(BY_WEB_SOCKET));
      },
    };
  },
};
