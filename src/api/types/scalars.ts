import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import type { Millis } from '../../model/time.js';

export { GraphQLJSONObject as JSONObject };

/** The texts of times that callers wrote as a date alone: its meaning depends on the field. */
const bareDates = new WeakMap<Date, string>();
const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/** Reads a date alone as its first moment in UTC, and remembers it; undefined where the text is not one. */
function bareDate(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !BARE_DATE.test(text)) return undefined;
  const date = GraphQLDateTime.parseValue(`${text}T00:00:00.000Z`);
  bareDates.set(date, text);
  return date;
}

/** The scalar of graphql-scalars, which also accepts a date alone; see {@link asWritten}. */
export const DateTime = new GraphQLScalarType<Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value: unknown) => bareDate(value) ?? GraphQLDateTime.parseValue(value),
  parseLiteral: (node: ValueNode, variables) =>
    bareDate('value' in node ? node.value : null) ?? GraphQLDateTime.parseLiteral(node, variables),
});

/** A time as the caller wrote it: a date alone stays one. */
export const asWritten = (date: Date): string => bareDates.get(date) ?? date.toISOString();

/** A time as GraphQL returns it: ISO 8601, UTC, milliseconds. */
export const date = (at: Millis): Date => new Date(at);

/** The same for a time that may be unknown, which is null. */
export const dateOrNull = (at: Millis | null | undefined): Date | null => (at == null ? null : new Date(at));
