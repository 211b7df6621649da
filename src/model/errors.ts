/**
 * The closed set of errors (api, section 4). Each has a stable code and a public sentence that says what to do next.
 * `cause` is the internal part, which leaves the process only in the log.
 */
export const ERROR_CODES = [
  'BAD_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'SNAPSHOT_REFUSED',
  'CONFLICT',
  'PLAN_STALE',
  'PLAN_NEEDS_DECISION',
  'WOULD_BREAK',
  'SELF_APPROVAL',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'STALE_READ',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One reason why a snapshot is refused. `row` is the line of an NDJSON file, or the JSON path in a document. */
export interface Problem {
  readonly row: string;
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** An error that may be shown to the caller as it is. `details` are added to the GraphQL extensions. */
export class TendrilError extends Error {
  override readonly name = 'TendrilError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const badInput = (message: string, details?: Record<string, unknown>) =>
  new TendrilError('BAD_INPUT', message, details);

export const notFound = (message: string) => new TendrilError('NOT_FOUND', message);

export const conflict = (message: string, details?: Record<string, unknown>) =>
  new TendrilError('CONFLICT', message, details);

export const unavailable = (message: string, cause?: unknown) =>
  new TendrilError('UNAVAILABLE', message, {}, { cause });

export const limitExceeded = (message: string, limit: string, value: number) =>
  new TendrilError('LIMIT_EXCEEDED', message, { limit, value });

/** How many problems a refusal lists. Its count has all. */
export const MAX_PROBLEMS = 100;

/** The first sentence of a refusal. */
export function refusal(problemCount: number): string {
  const [problems, them] = problemCount === 1 ? ['problem', 'it'] : ['problems', 'them'];
  return `The snapshot has ${problemCount} ${problems} and nothing of it was written. Mend ${them} and import again.`;
}

export function snapshotRefused(problems: readonly Problem[], problemCount: number): TendrilError {
  const first = problems[0];
  const example = first ? ` First: ${first.row}: ${first.message}` : '';
  return new TendrilError('SNAPSHOT_REFUSED', `${refusal(problemCount)}${example}`, {
    problems: problems.slice(0, MAX_PROBLEMS),
    problemCount,
  });
}
