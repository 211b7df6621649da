import { MAX_DOCUMENT_BYTES, MAX_LINE_BYTES, MAX_TEXT_LENGTH } from '../import/limits.js';
import { limitExceeded, type TendrilError } from '../model/errors.js';
import { MAX_PAGE } from '../store/queries.js';

/** One limit of the service: its name in errors, its value, and what it bounds, in a sentence. */
export interface LimitRule {
  readonly value: number;
  readonly sentence: string;
}

/**
 * Every limit of the service, in one table: README prints it, and crossing one answers LIMIT_EXCEEDED with
 * its name and value.
 */
export const LIMITS = {
  pageSize: { value: MAX_PAGE, sentence: 'rows on one page of a list (`first`, `last`); 50 when not asked' },
  nodesPerCall: { value: 1000, sentence: 'ids in one `nodes(ids:)`' },
  pathsPerCall: { value: 50, sentence: 'paths in one `accessPaths(limit:)`' },
  searchLength: { value: 256, sentence: 'characters of a `search`' },
  filterValues: { value: 1000, sentence: 'values in one list of a filter' },
  depth: { value: 16, sentence: 'fields below one another in an operation' },
  aliases: { value: 100, sentence: 'renamed fields in an operation, each use of a fragment counted' },
  cost: {
    value: 250_000,
    sentence: 'fields an operation may come to, each multiplied by the page sizes above it',
  },
  queryTokens: { value: 4000, sentence: 'words and signs in the text of an operation' },
  operationMillis: { value: 30_000, sentence: 'milliseconds an operation may take' },
  requestBytes: { value: 16 * 2 ** 20, sentence: 'bytes of a request to `/graphql`' },
  snapshotBytes: { value: 8 * 2 ** 30, sentence: 'bytes of a snapshot sent to `/import`' },
  importsAtOnce: { value: 4, sentence: 'snapshots being received at `/import` at one time' },
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

/** Limits of what is imported, by whichever way: crossing one is a problem of the snapshot, by this rule. */
const SNAPSHOT_LIMITS: readonly (readonly [string, number, string])[] = [
  ['TOO_LONG', MAX_LINE_BYTES, 'bytes of a line of NDJSON'],
  ['TOO_LONG', MAX_DOCUMENT_BYTES, 'bytes of a snapshot that is one JSON document'],
  ['TOO_LONG', MAX_TEXT_LENGTH, 'characters of a text'],
];

/** The table as Markdown, for README. */
export function limitTable(): string {
  const rows = NAMES.map((name) => `| \`${name}\` | ${LIMITS[name].value} | ${LIMITS[name].sentence} |`);
  const ofSnapshots = SNAPSHOT_LIMITS.map(
    ([rule, value, what]) => `| rule \`${rule}\` | ${value} | ${what} |`,
  );
  return ['| limit | value | of what |', '|---|---|---|', ...rows, ...ofSnapshots].join('\n');
}
