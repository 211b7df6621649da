import { type ExecutionResult, execute, parse } from 'graphql';
import type { Operation } from '../../api/operation/operation.js';
import { buildApiSchema } from '../../api/schema.js';
import { formatTime, type Millis } from '../../model/time.js';

/**
 * Asks a query of the API within this process and gives what its one root field returns, connections as plain
 * arrays. So `--json` says what GraphQL says, because it is GraphQL that says it.
 *
 * @throws TendrilError as the API does
 */
export async function ask(
  operation: Operation,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const result: ExecutionResult = await execute({
    schema: buildApiSchema(),
    document: parse(query),
    variableValues: variables,
    contextValue: operation,
  });
  const [error] = result.errors ?? [];
  if (error !== undefined) throw error.originalError ?? error;
  return withoutPages(Object.values(result.data ?? {})[0]);
}

/** As JSON has it: times as text, connections as arrays of their rows, without what only serves paging. */
export function withoutPages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPages);
  if (value instanceof Date) return formatTime(value.getTime());
  if (typeof value !== 'object' || value === null) return value;
  const { edges } = value as { edges?: unknown };
  if (Array.isArray(edges)) {
    return edges.map(({ node, ...more }) => ({ ...(withoutPages(node) as object), ...more }));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutPages(inner)]));
}

/** Variables of a query that may be asked about a moment. */
export function variablesOf(
  variables: Readonly<Record<string, unknown>>,
  asOf: Millis | undefined,
): Record<string, unknown> {
  return { ...variables, asOf: asOf === undefined ? null : formatTime(asOf) };
}
