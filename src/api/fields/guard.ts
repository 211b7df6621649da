import type { GraphQLFieldResolver } from 'graphql';
import { TendrilError } from '../../model/errors.js';
import type { Role } from '../../model/roles.js';
import { hasExpired, requireRole } from '../access/access.js';
import type { Operation } from '../operation/operation.js';

type Resolve = GraphQLFieldResolver<unknown, Operation>;

/**
 * Lets only some roles use a root field, and stops it when the operation's time is over. In a subscription it runs for
 * each message, so that the roles are checked each time.
 *
 * @throws FORBIDDEN; UNAUTHENTICATED where the sign-in has expired; LIMIT_EXCEEDED
 */
export function guardRoot(name: string, roles: readonly Role[], resolve: Resolve | undefined): Resolve {
  if (resolve === undefined) throw new Error(`${name} has no resolver.`);
  return (source, args, operation, info) => {
    admit(operation, roles, info.fieldName);
    // A mutation is not abandoned from outside: it watches the operation's signal itself.
    if (info.operation.operation === 'mutation') operation.beginWrite();
    const work = () => resolve(source, args, operation, info);
    return info.operation.operation === 'query' ? operation.within(work) : work();
  };
}

/** Checks the roles when a subscription begins; {@link guardRoot} checks them for each message. */
export function guardSubscribe(
  name: string,
  roles: readonly Role[],
  subscribe: Resolve | undefined,
): Resolve {
  if (subscribe === undefined) throw new Error(`${name} has nothing to subscribe to.`);
  return (source, args, operation, info) => {
    admit(operation, roles, info.fieldName);
    return subscribe(source, args, operation, info);
  };
}

function admit({ viewer }: Operation, roles: readonly Role[], field: string): void {
  if (hasExpired(viewer)) throw new TendrilError('UNAUTHENTICATED', 'The sign-in has ended. Sign in again.');
  requireRole(viewer, roles, field);
}
