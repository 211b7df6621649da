import { MAX_LAG } from '../../graph/follower/follower.js';
import { FETCH_LIMITS } from '../../graph/from-store/store-graph-state.js';
import { READ_WAIT } from '../../graph/wait-for-revision.js';
import { MAX_PARTIAL_PATHS } from '../../graph/walk/access-paths.js';
import {
  MAX_DOCUMENT_BYTES,
  MAX_INPUTS,
  MAX_LINE_BYTES,
  MAX_NESTING,
  MAX_SCOPES,
  MAX_SKIPPED,
  MAX_TEXT_LENGTH,
} from '../../import/base/limits.js';
import { limitExceeded, MAX_PROBLEMS, TendrilError } from '../../model/errors.js';
import { MAX_FRONTIER } from '../../model/flow.js';
import { MAX_ID_LENGTH } from '../../model/ids.js';
import { MAX_CHANGES } from '../../offboarding/case/plan-again.js';
import { MAX_REASON_LENGTH } from '../../offboarding/case/reason.js';
import { WRITE_WAIT } from '../../store/draft.js';
import { MAX_PAGE } from '../../store/queries.js';
import { AGGREGATE_WAITS } from '../aggregate/aggregates.js';

/** One limit of the service: its name in errors, its value, and what it bounds, in a sentence. */
export interface LimitRule {
  readonly value: number;
  readonly sentence: string;
}

/**
 * Every limit of the service that may be set, in one table: the reference prints it, and crossing one answers
 * LIMIT_EXCEEDED with its name and value.
 */
export const LIMITS = {
  pageSize: { value: MAX_PAGE, sentence: 'rows on one page of a list (`first`, `last`); 50 when not asked' },
  nodesPerCall: { value: 1000, sentence: 'ids in one `nodes(ids:)`' },
  representationsPerCall: { value: 1000, sentence: 'representations in one `_entities(representations:)`' },
  peoplePerCall: { value: 50, sentence: 'people in one `jointBlastRadius(humans:)`' },
  pathsPerCall: { value: 50, sentence: 'paths in one `accessPaths(limit:)`' },
  searchLength: { value: 256, sentence: 'characters of a `search`' },
  changedRows: {
    value: 100_000,
    sentence: 'entities and relationships that differ between the two moments of one `changes`',
  },
  filterValues: { value: 1000, sentence: 'values in one list of a filter' },
  depth: { value: 16, sentence: 'fields below one another in an operation' },
  aliases: { value: 100, sentence: 'renamed fields in an operation, each use of a fragment counted' },
  directives: { value: 50, sentence: 'directives in an operation, each use of a fragment counted' },
  variableItems: { value: 10_000, sentence: 'items of all lists in the variables of an operation' },
  cost: {
    value: 250_000,
    sentence:
      'fields an operation may come to, each multiplied by the page sizes above it; a list, a radius or a past moment weighs as thousands of fields, `attributes` as twenty',
  },
  moments: { value: 4, sentence: 'past moments (`asOf`) in an operation' },
  queryTokens: { value: 4000, sentence: 'words and signs in the text of an operation' },
  answerBytes: {
    value: 16 * 2 ** 20,
    sentence:
      'bytes of texts, ids and JSON in the answer to an operation, or in one message of a subscription',
  },
  operationMillis: { value: 30_000, sentence: 'milliseconds an operation may take' },
  requestMillis: { value: 120_000, sentence: 'milliseconds until a request to `/graphql` is here whole' },
  idleMillis: { value: 60_000, sentence: 'milliseconds in which nothing more of a request arrives' },
  requestsPerMinute: { value: 6000, sentence: 'requests of one subject in a minute; told as `RATE_LIMITED`' },
  requestsAtOnce: { value: 64, sentence: 'requests of one subject at one time; told as `RATE_LIMITED`' },
  failedSignInsPerMinute: {
    value: 60,
    sentence: 'failed sign-ins from one address in a minute; told as `RATE_LIMITED`',
  },
  requestBytes: { value: 2 ** 20, sentence: 'bytes of a request to `/graphql`' },
  snapshotRequestBytes: {
    value: 4 * 2 ** 20,
    sentence: 'bytes of a request to `/graphql` by who may import, for a snapshot in it',
  },
  requestBytesAtOnce: {
    value: 8 * 2 ** 20,
    sentence:
      'bytes of requests to `/graphql` of one subject at one time; one that is packed, or does not say its length, counts as long as it may become; told as `RATE_LIMITED`',
  },
  callBackBytes: { value: 64 * 2 ** 10, sentence: 'bytes of a call back to `/webhooks/actions/…`' },
  snapshotBytes: { value: 8 * 2 ** 30, sentence: 'bytes of a snapshot sent to `/import`' },
  documentBytes: {
    value: 4 * 2 ** 20,
    sentence: 'bytes of a snapshot sent to `/import` as one JSON document; told as `SNAPSHOT_REFUSED`',
  },
  liveConnections: { value: 100, sentence: 'WebSocket connections of one subject at one time' },
  liveSubscriptions: { value: 1000, sentence: 'subscriptions of one subject at one time' },
  liveSubscriptionBytes: {
    value: 2 ** 20,
    sentence: 'bytes that the subscriptions of one subject at one time were asked with',
  },
  liveUnknown: { value: 200, sentence: 'WebSocket connections that have not signed in yet, of all together' },
  liveInitMillis: { value: 10_000, sentence: 'milliseconds until a WebSocket connection has signed in' },
  liveMessageBytes: { value: 256 * 2 ** 10, sentence: 'bytes of a message to a WebSocket' },
  liveMessages: { value: 2000, sentence: 'messages a minute from one WebSocket connection' },
  liveBufferBytes: {
    value: 2 ** 20,
    sentence:
      'bytes that wait to be taken by a subscriber: what is told more waits for its turn; any other message ends the connection',
  },
  liveTakeMillis: {
    value: 30_000,
    sentence: 'milliseconds that a message waits for a subscriber to take it; then it is dropped',
  },
  livePingMillis: {
    value: 30_000,
    sentence:
      'milliseconds from one ping of a WebSocket connection to the next; one that is not answered until then ends it',
  },
  importPaceMillis: {
    value: 300_000,
    sentence:
      'milliseconds in which fewer than 65536 bytes of a snapshot arrive at `/import`, and not its end',
  },
  importsOfOne: { value: 3, sentence: 'snapshots of one subject being received at `/import` at one time' },
  importsAtOnce: { value: 4, sentence: 'snapshots being received at `/import` at one time' },
  exportsOfOne: { value: 3, sentence: 'exports of one subject being sent by `/export` at one time' },
  exportsAtOnce: { value: 4, sentence: 'exports being sent by `/export` at one time' },
} as const satisfies Readonly<Record<string, LimitRule>>;

export type LimitName = keyof typeof LIMITS;

/** The values in force. Tests lower them; nothing else does. */
export type Limits = Readonly<Record<LimitName, number>>;

const NAMES = Object.keys(LIMITS) as LimitName[];

export const DEFAULT_LIMITS: Limits = Object.fromEntries(
  NAMES.map((name) => [name, LIMITS[name].value]),
) as unknown as Limits;

/** The error of a crossed limit. `asked` is what was asked for, where that is known. */
export function overLimit(name: LimitName, limits: Limits, todo: string): TendrilError {
  const message = `More than ${limits[name]} ${LIMITS[name].sentence.split(';')[0]}. ${todo}`;
  return limitExceeded(message, name, limits[name]);
}

/** The error of who asks too often; `retryAfter` is in seconds, and HTTP says it in a header as well. */
export function overRate(name: LimitName, limits: Limits, retryAfter: number): TendrilError {
  const [what] = LIMITS[name].sentence.split(';');
  const message = `More than ${limits[name]} ${what}. Wait ${retryAfter} s and ask again.`;
  return new TendrilError('RATE_LIMITED', message, { limit: name, value: limits[name], retryAfter });
}

/** @throws LIMIT_EXCEEDED where a filter is longer than the table allows. */
export function checkFilter(filter: object, limits: Limits): void {
  for (const value of Object.values(filter)) {
    if (typeof value === 'string' && value.length > limits.searchLength) {
      throw overLimit('searchLength', limits, 'Search for less.');
    }
    if (Array.isArray(value) && value.length > limits.filterValues) {
      throw overLimit('filterValues', limits, 'Ask in several calls.');
    }
  }
}

/** How a limit is told where it is not as LIMIT_EXCEEDED. */
const { SNAPSHOT, STALE, CONFLICT } = {
  SNAPSHOT: '; told as `SNAPSHOT_REFUSED`',
  STALE: '; told as `STALE_READ`',
  CONFLICT: '; told as `CONFLICT`',
};

const ROWS_READ =
  'entities and relationships read for the questions of one operation about one state, where `TENDRIL_INDEX` is ' +
  '`store`; in a blast radius told as `complete: false`';

/** What bounds the work without being set anywhere: its name or rule, its value, of what, and how it is told. */
const FIXED: readonly (readonly [string, number, string])[] = [
  ['`pathBeginnings`', MAX_PARTIAL_PATHS, `beginnings of paths looked at for one \`accessPaths\``],
  ['`fetchedRows`', FETCH_LIMITS.fetchedRows, ROWS_READ],
  [
    '`expansions`',
    FETCH_LIMITS.expansions,
    `reads of the store for that, of ${MAX_FRONTIER} entities at most`,
  ],
  ['`fetchMillis`', FETCH_LIMITS.fetchMillis, 'milliseconds spent on that'],
  ['`inputs`', MAX_INPUTS, `files in one import`],
  ['`skipped`', MAX_SKIPPED, `rows left out of one import and listed, with \`dangling\` skip`],
  ['rule `TOO_LONG`', MAX_LINE_BYTES, `bytes of a line of NDJSON${SNAPSHOT}`],
  ['rule `TOO_LONG`', MAX_DOCUMENT_BYTES, `bytes of a snapshot that is one JSON document${SNAPSHOT}`],
  ['rule `BAD_ID`', MAX_ID_LENGTH, `characters of an id${SNAPSHOT}`],
  ['rule `BAD_PROPERTY`', MAX_TEXT_LENGTH, `characters of any other text${SNAPSHOT}`],
  ['rule `BAD_PROPERTY`', MAX_SCOPES, `scopes of one grant, token or access${SNAPSHOT}`],
  ['rule `BAD_PROPERTY`', MAX_NESTING, `levels that \`attributes\` nest${SNAPSHOT}`],
  ['`problems`', MAX_PROBLEMS, 'problems listed of a snapshot; `problemCount` says how many there are'],
  ['`reason`', MAX_REASON_LENGTH, 'characters of a reason; told as `BAD_INPUT`'],
  ['`changes`', MAX_CHANGES, 'differences listed of a stale plan; `changeCount` says how many there are'],
  ['wait for a read', READ_WAIT, `milliseconds until a revision the caller has seen is here${STALE}`],
  [
    'wait for numbers',
    AGGREGATE_WAITS.fresh,
    'milliseconds until the numbers about everybody are those of the newest state; then they are those of the one before, and say so',
  ],
  [
    'behind the store',
    MAX_LAG * 1000,
    'milliseconds an instance may be and still call itself ready; told by `/health/ready`, with 503',
  ],
  ['wait for the lock', WRITE_WAIT, `milliseconds until another writer is done${CONFLICT}`],
];

/** The table as Markdown, for the reference. What has no error of its own in its row is told as LIMIT_EXCEEDED. */
export function limitTable(): string {
  const rows = NAMES.map((name) => `| \`${name}\` | ${LIMITS[name].value} | ${LIMITS[name].sentence} |`);
  const fixed = FIXED.map(([name, value, what]) => `| ${name} | ${value} | ${what} |`);
  return ['| limit | value | of what |', '|---|---|---|', ...rows, ...fixed].join('\n');
}
