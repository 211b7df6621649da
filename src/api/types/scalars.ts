import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import type { Millis } from '../../model/time.js';

export { GraphQLJSONObject as JSONObject };

/** The text of moments that callers wrote as a bare date: what that means hangs on the field. */
const bareDates = new WeakMap<Date, string>();
const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/** Reads a bare date as its first moment in UTC, and remembers that it was one; undefined: it is none. */
function bareDate(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !BARE_DATE.test(text)) return undefined;
  const date = GraphQLDateTime.parseValue(`${text}T00:00:00.000Z`);
  bareDates.set(date, text);
  return date;
}

/** The scalar of graphql-scalars, which also takes a bare date, and knows later that it was one. */
export const DateTime = new GraphQLScalarType<Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value: unknown) => bareDate(value) ?? GraphQLDateTime.parseValue(value),
  parseLiteral: (node: ValueNode, variables) =>
    bareDate('value' in node ? node.value : null) ?? GraphQLDateTime.parseLiteral(node, variables),
});

/** A moment as a caller gave it: a bare date stays one. */
export const asWritten = (date: Date): string => bareDates.get(date) ?? date.toISOString();

/** A moment as GraphQL gives it: ISO 8601, UTC, milliseconds. */
export const date = (at: Millis): Date => new Date(at);

/** Unknown stays unknown. */
export const dateOrNull = (at: Millis | null | undefined): Date | null => (at == null ? null : new Date(at));
