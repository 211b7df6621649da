import type { GraphQLFieldResolver } from 'graphql';
import { TendrilError } from '../model/errors.js';
import type { Role } from '../model/roles.js';
import { mayAct } from './access.js';
import type { Operation } from './operation.js';

type Resolve = GraphQLFieldResolver<unknown, Operation>;

/**
 * Closes a root field to all but some roles, and gives it no longer than the operation has.
 *
 * @throws FORBIDDEN, LIMIT_EXCEEDED
 */
export function guardRoot(name: string, roles: readonly Role[], resolve: Resolve | undefined): Resolve {
  if (resolve === undefined) throw new Error(`${name} has no resolver.`);
  return (source, args, operation, info) => {
    if (!mayAct(operation.viewer, roles)) {
      const message = `${info.fieldName} is for the roles ${roles.join(', ')}. Ask somebody who has one of them.`;
      throw new TendrilError('FORBIDDEN', message);
    }
    const result = resolve(source, args, operation, info);
    // A write is never given up half-heard: it watches the operation's signal itself.
    return info.operation.operation === 'query' ? inTime(operation, result) : result;
  };
}

/** What cannot be stopped is no longer waited for; its reads fail at the next call of the store. */
async function inTime(operation: Operation, result: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(operation.timeOver()), operation.timeLeft);
  });
  try {
    return await Promise.race([result, over]);
  } finally {
    clearTimeout(timer);
  }
}
