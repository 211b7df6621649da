import { ERROR_CODES, type ErrorCode } from '../../model/errors.js';
import { type ReferencePage, table } from './page.js';

/** What each code means, and what a program that gets it does. */
const MEANINGS: Readonly<Record<ErrorCode, readonly [means: string, then: string]>> = {
  BAD_INPUT: ['The request is not as it should be.', 'Correct it; the same request is refused again.'],
  UNAUTHENTICATED: ['There is no token, or it is not valid.', 'Sign in again.'],
  FORBIDDEN: ['A role is missing, or the document is not one of the trusted documents.', 'Show it.'],
  NOT_FOUND: ['The thing does not exist, or did not exist at `asOf`.', 'Show it.'],
  SNAPSHOT_REFUSED: [
    'Nothing of a snapshot was written: `problems`, `problemCount`.',
    'Correct the snapshot and import it again.',
  ],
  CONFLICT: ['The state is not, or is no longer, what the request assumes.', 'Read again, then decide.'],
  PLAN_STALE: [
    'The plan has changed: `changes`, `changeCount`.',
    'Show the new plan, and ask for approval again.',
  ],
  PLAN_NEEDS_DECISION: [
    'A person has to decide first: `entities`.',
    'Ask for decisions (`decide`), or plan again (`replan`).',
  ],
  WOULD_BREAK: ['Something that works would stop: `workloads`.', 'Show it; the message says how to go on.'],
  SELF_APPROVAL: [
    'Whoever planned or decided cannot approve or waive.',
    'Ask another person to approve or waive.',
  ],
  LIMIT_EXCEEDED: ['A limit was crossed: `limit`, `value`.', 'Ask for less at once.'],
  RATE_LIMITED: [
    'There were too many requests: `limit`, `value`, `retryAfter`.',
    'Wait for `retryAfter` seconds, which is also in the header `Retry-After`.',
  ],
  STALE_READ: ['The revision asked for is not here yet.', 'Ask again.'],
  UNAVAILABLE: [
    'The store or the issuer does not answer, or the service is stopping.',
    'Ask again in a few seconds.',
  ],
  INTERNAL: ['There is a defect: `requestId`.', 'Ask again once, then show the id.'],
};

export const errorsPage = (): ReferencePage => ({
  name: 'errors',
  title: 'Errors',
  body: `
Every error has one of these codes in \`extensions.code\`, the fields named here beside it, and a message that says what to
do. GraphQL answers with HTTP status 200 also when something went wrong, so a program looks at \`errors\`. The header
\`X-Request-Id\` of an answer is the id under which the log has the request.

${table(
  ['code', 'what it means', 'what a program does'],
  ERROR_CODES.map((code) => [`\`${code}\``, ...MEANINGS[code]]),
)}

An answer that is longer than the limit \`answerBytes\` is replaced by \`LIMIT_EXCEEDED\`. A mutation has been done all the
same, and the message says so.

The command line turns codes into exit codes: 0 done, 1 refused, 2 wrong usage or configuration, 3 the store or the
service cannot be reached or read, 130 interrupted. With \`--json\` it prints \`{ "error": { code, message, … } }\`.
`,
});
