import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { badInput, type ErrorCode, limitExceeded, TendrilError } from '../../model/errors.js';
import type { Limits } from '../limits/limits.js';

/** The codes of errors that GraphQL itself finds in a request: the caller has to correct them. */
const CALLERS_FAULT: readonly unknown[] = Object.values(ApolloServerErrorCode).filter(
  (code) => code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR,
);

const MASKED =
  'Something went wrong inside. Try again; if it stays, tell whoever runs this service the request id.';

/** The beginning of Apollo's message when it refuses a request that a page of another site could have sent. */
const FOREIGN_PAGE = 'This operation has been blocked as a potential Cross-Site Request Forgery';

/** The message where GraphQL gives up: it compares all fields of one name with each other, and there are too many. */
const TOO_MUCH_ALIKE =
  'The operation asks for the same names too often to be checked. Ask for each field once, or in several operations.';

const ASK_FIRST =
  'A page elsewhere could have sent this in your name. Send POST with the header "Content-Type: application/json", ' +
  'or add the header "Apollo-Require-Preflight: true".';

/**
 * An error as the caller sees it: one of our own stays as it is, a fault of the request is BAD_INPUT, and everything
 * else is masked as INTERNAL with the request id by which it is found in the log.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  limits: Limits,
  requestId: string,
): GraphQLFormattedError {
  const shown = publicError(formatted, error, limits) ?? new TendrilError('INTERNAL', MASKED, { requestId });
  return {
    message: shown.message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { ...shown.details, code: shown.code },
  };
}

/** The parts of an error that matter here, formatted or not. */
interface ErrorShape {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The error that the caller may see; undefined where it is to be masked. */
export function publicError(formatted: ErrorShape, error: unknown, limits: Limits): TendrilError | undefined {
  const cause = causeOf(error);
  if (cause instanceof TendrilError) return cause.code === 'INTERNAL' ? undefined : cause;
  if (!isCallersFault(formatted, error)) return undefined;
  if (/^Syntax Error: Document contains more th\w+ \d+ tokens/.test(formatted.message)) {
    const message = `The operation has more than ${limits.queryTokens} words and signs. Ask in several operations.`;
    return limitExceeded(message, 'queryTokens', limits.queryTokens);
  }
  if (formatted.message === 'Validation aborted.') return badInput(TOO_MUCH_ALIKE);
  if (formatted.message.startsWith(FOREIGN_PAGE)) return badInput(ASK_FIRST);
  return badInput(withoutValues(formatted.message));
}

/** The code that the caller sees. */
export const codeOf = (error: GraphQLError, limits: Limits): ErrorCode =>
  publicError(error, error, limits)?.code ?? 'INTERNAL';

/**
 * Whether GraphQL itself found the error in the request: by its code or, where it has none, because execution did not
 * begin or an argument did not fit. An error that a resolver threw has an original error instead.
 */
function isCallersFault({ message, path, extensions }: ErrorShape, error: unknown): boolean {
  if (CALLERS_FAULT.includes(extensions?.code)) return true;
  const own = error instanceof GraphQLError && error.originalError === undefined;
  return own && (path === undefined || message.startsWith('Argument "'));
}

/** A message of GraphQL without the value that was sent: the value may be a credential. */
export function withoutValues(message: string): string {
  const variable = /^Variable "\$\w+" got invalid value /.exec(message);
  if (variable !== null) {
    const where = / at "[^"]*"(?=; )/.exec(message)?.[0] ?? '';
    const other = message.includes('; DateTime cannot') ? A_TIME : 'It does not fit its type.';
    const why = WHY.exec(message)?.[0] ?? other;
    return `${variable[0].replace('invalid value ', 'an invalid value')}${where}. ${why}`;
  }
  return message
    .replace(/(String|BlockString) "[\s\S]*"/, '$1')
    .replace(/, found (?!Name|String|BlockString|Int|Float|<EOF>)[\s\S]*$/, '.')
    .replace(/ cannot represent (?:an? )?(?:\w+[- ])*value: [\s\S]*$/, ' cannot represent what was given.')
    .replace(/ cannot represent an invalid date-time-string [\s\S]*$/, ' cannot represent what was given.')
    .replace(/DateTime cannot represent what was given\.$/, `$& ${A_TIME}`);
}

const A_TIME = 'Write a date, or a time such as 2026-11-27T17:00:00.000Z.';

/** Ends of messages about variables that contain only names of the schema, and no value. */
const WHY =
  /(?:Expected (?:non-nullable )?type "[^"]+" ?(?:not to be null|to be an object)?\.|Field "\w+" of required type "[^"]+" was not provided\.)$/;

function causeOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || error.originalError === undefined) return error;
  return causeOf(error.originalError);
}
