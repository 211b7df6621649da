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
import type { Limits } from '../../api/limits.js';
import { tooLarge } from '../../api/size-plugin.js';
import type { TrustedDocuments } from '../../api/trusted/trusted-documents.js';
import { badInput, TendrilError } from '../../model/errors.js';

/** What may be subscribed to. */
export interface Offered {
  readonly schema: GraphQLSchema;
  /** The documents that alone may run; null: whatever fits the schema may. */
  readonly trusted: TrustedDocuments | null;
}

const ONLY_SUBSCRIPTIONS =
  'Only subscriptions are answered here. Send queries and mutations to /graphql by POST.';

/**
 * Looks at what somebody wants to subscribe to as `POST /graphql` looks at an operation: its length, whether it fits
 * the schema, how large it is; and, where only trusted documents may run, whether it is one.
 *
 * @returns what is to be executed, or what is wrong
 */
export function admit(
  { schema, trusted }: Offered,
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
    return refused(badInput('There is no operation of that name, or more than one and no name.'));
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return refused(badInput(ONLY_SUBSCRIPTIONS));
  const large = tooLarge(schema, document, operation, variables ?? {}, limits);
  if (large !== undefined) return refused(large);
  return { schema, document, operationName: operationName ?? null, variableValues: variables ?? {} };
}

const refused = (error: TendrilError): readonly GraphQLError[] => [
  new GraphQLError(error.message, { originalError: error }),
];

/** The same errors as over HTTP: they do not say what there is instead. */
function withoutSuggestions(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ ?Did you mean.+$/s, '');
  return message === error.message ? error : new GraphQLError(message, { nodes: error.nodes ?? null });
}
