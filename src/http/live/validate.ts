import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Limits } from '../../api/limits/limits.js';
import { tooLarge } from '../../api/size/size-plugin.js';
import type { TrustedDocuments } from '../../api/trusted/trusted-documents.js';
import { badInput, TendrilError } from '../../model/errors.js';

/** What a client may subscribe to. */
export interface Subscribable {
  readonly schema: GraphQLSchema;
  /** Where it is set, only these documents may run; null: every document that fits the schema may. */
  readonly trusted: TrustedDocuments | null;
}

const ONLY_SUBSCRIPTIONS =
  'Only subscriptions are answered here. Send queries and mutations to /graphql by POST.';

/**
 * Validates an operation that a client wants to subscribe to, by the same rules as `POST /graphql`: its length, whether
 * it fits the schema, its size; and, where only trusted documents may run, whether it is one of them.
 *
 * @returns the arguments for its execution, or the errors
 */
export function validateSubscription(
  { schema, trusted }: Subscribable,
  payload: SubscribePayload,
  limits: Limits,
): ExecutionArgs | readonly GraphQLError[] {
  const { operationName, variables } = payload;
  let document: DocumentNode;
  try {
    const text = trusted === null ? payload.query : trusted.find(payload).text;
    document = parse(text, { maxTokens: limits.queryTokens });
  } catch (error) {
    if (error instanceof TendrilError) return refused(error);
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  const wrong = validate(schema, document, specifiedRules);
  if (wrong.length > 0) return wrong.map(withoutSuggestions);
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return refused(badInput('There is no operation with that name, or there are several and no name.'));
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return refused(badInput(ONLY_SUBSCRIPTIONS));
  const large = tooLarge(schema, document, operation, variables ?? {}, limits);
  if (large !== undefined) return refused(large);
  return { schema, document, operationName: operationName ?? null, variableValues: variables ?? {} };
}

const refused = (error: TendrilError): readonly GraphQLError[] => [
  new GraphQLError(error.message, { originalError: error }),
];

/** As over HTTP, an error does not suggest names of the schema. */
function withoutSuggestions(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ ?Did you mean.+$/s, '');
  return message === error.message ? error : new GraphQLError(message, { nodes: error.nodes ?? null });
}
