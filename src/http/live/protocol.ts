import { GraphQLError, type GraphQLFormattedError, getOperationAST } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import { codeOf, formatError, publicError } from '../../api/errors.js';
import { Operation } from '../../api/operation.js';
import type { Services } from '../../api/services.js';
import { nameToTell } from '../../api/told.js';
import { type ErrorCode, TendrilError } from '../../model/errors.js';
import type { Door } from '../sign-in.js';
import { traceMessages } from '../spans.js';
import { admit, type Offered } from './admit.js';
import type { Attendance } from './attendance.js';
import { greet, whoIs } from './greet.js';
import { type Guest, hold, letGo } from './guest.js';
import { tell } from './tell.js';

/** What the protocol works with. */
export interface ProtocolParts {
  readonly services: Services;
  readonly offered: Offered;
  readonly door: Door;
  readonly connections: Attendance;
  readonly subscriptions: Attendance;
  /** Hears the code of what went wrong first with a subscription, or a message of one. */
  readonly failed: (code: ErrorCode) => void;
}

/** The protocol over any connection: who may listen, to what, and how they are told. */
export function protocolFor({
  services,
  offered,
  door,
  connections,
  subscriptions,
  failed,
}: ProtocolParts): Server<Guest> {
  const { limits, log, tracing } = services;
  const around = traceMessages(tracing, limits, offered.trusted !== null);

  const say = (guest: Guest, errors: readonly GraphQLError[]): GraphQLFormattedError[] => {
    const [first] = errors;
    if (first !== undefined) failed(codeOf(first, limits));
    return errors.map((error) => {
      if (publicError(error, error, limits) === undefined) {
        const line = { requestId: guest.requestId, err: error.originalError ?? error, path: error.path };
        log.error(line, 'masked an internal error');
      }
      return formatError(error.toJSON(), error, limits, guest.requestId);
    });
  };

  return makeServer<Record<string, unknown>, Guest>({
    connectionInitWaitTimeout: limits.liveInitMillis,
    async onConnect({ connectionParams, extra: guest }) {
      await greet(guest, connectionParams, door, connections);
      letGo(guest, 'unknown');
    },
    onSubscribe({ extra: guest }, id, payload) {
      const admitted = admit(offered, payload, limits);
      if (!('schema' in admitted)) return admitted;
      try {
        hold(guest, nameOf(id), subscriptions.enter(whoIs(viewerOf(guest))));
      } catch (error) {
        if (!(error instanceof TendrilError)) throw error;
        return [new GraphQLError(error.message, { originalError: error })];
      }
      return { ...admitted, contextValue: guest };
    },
    subscribe: (args) => {
      const guest = args.contextValue as Guest;
      const asking = { viewer: viewerOf(guest), requestId: guest.requestId };
      const name = nameToTell(getOperationAST(args.document, args.operationName)?.name?.value);
      const begin = () => {
        const operation = new Operation(services, asking);
        operation.told.type = 'subscription';
        operation.told.operation = name;
        return operation;
      };
      return tell(args, begin, around, () => guest.line.turn());
    },
    onNext: ({ extra: guest }, _id, _payload, _args, { data, errors }) => ({
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: say(guest, errors) }),
    }),
    onError: ({ extra: guest }, id, _payload, errors) => {
      letGo(guest, nameOf(id));
      return say(guest, errors);
    },
    onComplete: ({ extra: guest }, id) => letGo(guest, nameOf(id)),
  });
}

/** Ids are the guest's own, and must not be names of ours. */
const nameOf = (id: string): string => `subscription ${id}`;

function viewerOf({ viewer }: Guest) {
  if (viewer === undefined) throw new TendrilError('UNAUTHENTICATED', 'Sign in first, with connection_init.');
  return viewer;
}
