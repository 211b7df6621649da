import type { GraphQLFieldResolver } from 'graphql';
import { TendrilError } from '../../model/errors.js';
import type { Role } from '../../model/roles.js';
import { hasExpired, requireRole } from '../access/access.js';
import type { Operation } from '../operation/operation.js';

type Resolve = GraphQLFieldResolver<unknown, Operation>;

/**
 * Closes a root field to all but some roles, and gives it no longer than the operation has. Of a subscription it
 * is what makes an answer of each message, so that each one asks again.
 *
 * @throws FORBIDDEN, UNAUTHENTICATED where the sign-in has ended meanwhile, LIMIT_EXCEEDED
 */
export function guardRoot(name: string, roles: readonly Role[], resolve: Resolve | undefined): Resolve {
  if (resolve === undefined) throw new Error(`${name} has no resolver.`);
  return (source, args, operation, info) => {
    admit(operation, roles, info.fieldName);
    // A write is never given up half-heard: it watches the operation's signal itself.
    if (info.operation.operation === 'mutation') operation.beginWrite();
    const work = () => resolve(source, args, operation, info);
    return info.operation.operation === 'query' ? operation.within(work) : work();
  };
}

/** Closes the beginning of a subscription as {@link guardRoot} closes what it tells. */
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
