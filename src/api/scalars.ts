import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import type { Millis } from '../model/time.js';

export { GraphQLDateTime as DateTime, GraphQLJSONObject as JSONObject };

/** A moment as GraphQL gives it: ISO 8601, UTC, milliseconds. */
export const date = (at: Millis): Date => new Date(at);

/** Unknown stays unknown. */
export const dateOrNull = (at: Millis | null | undefined): Date | null => (at == null ? null : new Date(at));
