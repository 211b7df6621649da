import { GraphQLError, type GraphQLFormattedError, getOperationAST } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import { codeOf, formatError, publicError } from '../../api/errors/errors.js';
import { Operation } from '../../api/operation/operation.js';
import { loggedName } from '../../api/operation/operation-log.js';
import type { Services } from '../../api/operation/services.js';
import { type ErrorCode, TendrilError } from '../../model/errors.js';
import type { Authenticator } from '../authenticator.js';
import type { ConcurrencyLimit } from '../concurrency-limit.js';
import { traceMessages } from '../spans.js';
import { subjectKey } from '../subject-key.js';
import { ActiveSubscription } from './active-subscription.js';
import { authenticate } from './authenticate.js';
import { type LiveClient, releaseResource } from './live-client.js';
import { publish } from './publish.js';
import { type Subscribable, validateSubscription } from './validate.js';

/** What the protocol works with. */
export interface ProtocolParts {
  readonly services: Services;
  readonly subscribable: Subscribable;
  readonly authenticator: Authenticator;
  readonly connections: ConcurrencyLimit;
  readonly subscriptions: ConcurrencyLimit;
  /** Is called with the code of the first error of a subscription, or of one of its messages. */
  readonly failed: (code: ErrorCode) => void;
  /** The bytes of the messages that began subscriptions: until they end, these take several times as much memory. */
  readonly bytes: ConcurrencyLimit;
}

/** The graphql-transport-ws protocol: who may subscribe, to what, and how results are sent. */
export function protocolFor({
  services,
  subscribable,
  authenticator,
  connections,
  subscriptions,
  failed,
  bytes,
}: ProtocolParts): Server<LiveClient> {
  const { limits, log, tracing } = services;
  const around = traceMessages(tracing, limits, subscribable.trusted !== null);

  const publicErrors = (client: LiveClient, errors: readonly GraphQLError[]): GraphQLFormattedError[] => {
    const [first] = errors;
    if (first !== undefined) failed(codeOf(first, limits));
    return errors.map((error) => {
      if (publicError(error, error, limits) === undefined) {
        const line = { requestId: client.requestId, err: error.originalError ?? error, path: error.path };
        log.error(line, 'masked an internal error');
      }
      return formatError(error.toJSON(), error, limits, client.requestId);
    });
  };

  return makeServer<Record<string, unknown>, LiveClient>({
    connectionInitWaitTimeout: limits.liveInitMillis,
    async onConnect({ connectionParams, extra: client }) {
      await authenticate(client, connectionParams, authenticator, connections);
      releaseResource(client, 'unknown');
    },
    onSubscribe({ extra: client }, id, payload) {
      const validated = validateSubscription(subscribable, payload, limits);
      if (!('schema' in validated)) return validated;
      try {
        const subject = subjectKey(viewerOf(client));
        const acquire = () => acquireBoth(subject, subscriptions, bytes, client.messageBytes);
        return { ...validated, contextValue: new ActiveSubscription(client, nameOf(id), acquire) };
      } catch (error) {
        if (!(error instanceof TendrilError)) throw error;
        return [new GraphQLError(error.message, { originalError: error })];
      }
    },
    subscribe: async (args) => {
      const subscription = args.contextValue as ActiveSubscription;
      const { client } = subscription;
      const asking = { viewer: viewerOf(client), requestId: client.requestId };
      const name = loggedName(getOperationAST(args.document, args.operationName)?.name?.value);
      const begin = () => {
        const operation = new Operation(services, asking);
        operation.logged.type = 'subscription';
        operation.logged.operation = name;
        return operation;
      };
      const results = await publish(args, begin, around, () => client.socket.turn());
      if (Symbol.asyncIterator in results) subscription.start(results);
      return results;
    },
    onNext: ({ extra: client }, _id, _payload, _args, { data, errors }) => ({
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: publicErrors(client, errors) }),
    }),
    // A refused subscription holds no resource; one that breaks off is completed after its error was sent.
    onError: ({ extra: client }, _id, _payload, errors) => publicErrors(client, errors),
    onComplete: ({ extra: client }, id) => releaseResource(client, nameOf(id)),
  });
}

/** Counts a subscription and the bytes that began it, or neither. */
function acquireBoth(
  subject: string,
  subscriptions: ConcurrencyLimit,
  bytes: ConcurrencyLimit,
  length: number,
): () => void {
  const release = subscriptions.acquire(subject);
  try {
    const releaseBytes = bytes.acquire(subject, length);
    return () => {
      release();
      releaseBytes();
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Clients choose ids, which must not collide with names of ours. */
const nameOf = (id: string): string => `subscription ${id}`;

function viewerOf({ viewer }: LiveClient) {
  if (viewer === undefined) throw new TendrilError('UNAUTHENTICATED', 'Sign in first, with connection_init.');
  return viewer;
}
