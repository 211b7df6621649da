import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import type { Millis } from '../model/time.js';

export { GraphQLJSONObject as JSONObject };

/** The text of moments that callers wrote as a bare date: what that means hangs on the field. */
const bareDates = new WeakMap<Date, string>();
const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

function remembered(date: Date, text: unknown): Date {
  if (typeof text === 'string' && BARE_DATE.test(text)) bareDates.set(date, text);
  return date;
}

/** The scalar of graphql-scalars, which also knows later that a moment was given as a bare date. */
export const DateTime = new GraphQLScalarType<Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value: unknown) => remembered(GraphQLDateTime.parseValue(value), value),
  parseLiteral: (node: ValueNode, variables) =>
    remembered(GraphQLDateTime.parseLiteral(node, variables), 'value' in node ? node.value : null),
});

/** A moment as a caller gave it: a bare date stays one. */
export const asWritten = (date: Date): string => bareDates.get(date) ?? date.toISOString();

/** A moment as GraphQL gives it: ISO 8601, UTC, milliseconds. */
export const date = (at: Millis): Date => new Date(at);

/** Unknown stays unknown. */
export const dateOrNull = (at: Millis | null | undefined): Date | null => (at == null ? null : new Date(at));
