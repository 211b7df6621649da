import type { ApolloServerPlugin } from '@apollo/server';
import {
  defaultFieldResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { TendrilError } from '../../model/errors.js';
import { formatError } from '../errors/errors.js';
import type { Limits } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { JSONObject } from '../types/scalars.js';

/** Types whose values may be long. Values of every other type are numbers or words of the schema. */
const OF_ANY_LENGTH: readonly GraphQLNamedType[] = [GraphQLString, GraphQLID, JSONObject];

/** About how many bytes a short value takes, and the punctuation around any value. */
const SMALL = 8;

/**
 * Makes every field whose values may be long count their bytes (limit `answerBytes`). A middleware of TypeGraphQL would
 * wrap all fields instead, and turn each value into a promise.
 */
export function countAnswers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (OF_ANY_LENGTH.includes(getNamedType(field.type))) field.resolve = counted(field.resolve);
    }
  }
}

type Resolve = GraphQLFieldResolver<unknown, Operation>;

function counted(resolve: Resolve = defaultFieldResolver): Resolve {
  return (source, args, operation, info) => {
    const value: unknown = resolve(source, args, operation, info);
    if (value instanceof Promise) {
      return value.then((settled: unknown) => {
        operation.answers(bytesIn(settled));
        return settled;
      });
    }
    operation.answers(bytesIn(value));
    return value;
  };
}

/** About how many bytes a value takes in an answer: its texts in UTF-8, and a little for everything else. */
export function bytesIn(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return SMALL;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + SMALL + bytesIn(one), 0);
  let sum = 0;
  // Own enumerable properties, as JSON has them.
  for (const [name, inner] of Object.entries(value)) sum += SMALL + bytesIn(name) + bytesIn(inner);
  return sum;
}

/** The result of an operation; where its answer became too long, the error alone. */
export function unlessTooLong(operation: Operation, result: ExecutionResult): ExecutionResult {
  const { tooLong } = operation;
  if (tooLong === undefined) return result;
  return { errors: [new GraphQLError(tooLong.message, { originalError: tooLong })], data: null };
}

/** {@link unlessTooLong} for the answers of Apollo, including federation's `_entities`. */
export function answerBytes(limits: Limits): ApolloServerPlugin<Operation> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body }, contextValue: { tooLong, logged, requestId } }) {
          if (tooLong === undefined || body.kind !== 'single') return;
          logged.error ??= tooLong.code;
          body.singleResult = { errors: [formatted(tooLong, limits, requestId)], data: null };
        },
      };
    },
  };
}

const formatted = (error: TendrilError, limits: Limits, requestId: string) =>
  formatError({ message: error.message }, error, limits, requestId);
