import type { TypedDocumentString } from '../documents/generated/graphql.js';
import { TendrilError } from '../model/errors.js';
import type { Client } from './client.js';

/** An object of an answer. */
type Answer = Readonly<Record<string, unknown>>;

/** A connection as documents for {@link executeAll} ask for it. */
interface Connection {
  readonly edges: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A page that is too expensive is asked for again with half as many rows, down to this. */
const FEWEST_ROWS = 1;

/** How often an answer is begun again because the graph changed between two of its pages. */
const MAX_STARTS = 5;

/**
 * Runs a query and gives its answer with all rows of its connections, page by page where the client has pages. The
 * document has to be made for it: `$first` is the page size of every connection; a connection under the key `rows` is
 * asked for with `after: $rowsAfter`, has `pageInfo { hasNextPage endCursor }`, is in no list, and, where there are
 * several in the document, is left out by `@include(if: $rows)`.
 *
 * An answer speaks of one state: where a field of the query says its `revision` and a later page says another one, all
 * pages are asked for again.
 *
 * @param mostRows the most rows that a page of these lists can have, also where the client has no pages
 * @throws STALE_READ where the graph changed during each of several tries
 */
export async function executeAll<Result, Variables extends { readonly first: number }>(
  client: Client,
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'first'>,
  mostRows = Number.POSITIVE_INFINITY,
): Promise<Result> {
  const first = Math.min(client.pageSize, mostRows);
  const pages = new Pages(client, document as TypedDocumentString<unknown, unknown>, variables, first);
  for (let start = 0; start < MAX_STARTS; start += 1) {
    const answer = await pages.all();
    if (answer !== undefined) return answer as Result;
  }
  throw new TendrilError(
    'STALE_READ',
    `The graph changed ${MAX_STARTS} times while the pages of the answer were read; ask again in a moment.`,
  );
}

/** Asks for the pages of one query. What it learns about their size it keeps. */
class Pages {
  constructor(
    private readonly client: Client,
    private readonly document: TypedDocumentString<unknown, unknown>,
    private readonly variables: object,
    private first: number,
  ) {}

  /** All rows; undefined where two pages speak of different states. */
  async all(): Promise<Answer | undefined> {
    let answer = await this.page({});
    for (;;) {
      const connections = connectionsIn(answer);
      const unfinished = [...connections].filter(([, { pageInfo }]) => pageInfo.hasNextPage);
      if (unfinished.length === 0) return answer;
      const asked = Object.fromEntries([...connections.keys()].map((key) => [key, false]));
      const places = unfinished.flatMap(([key, { pageInfo }]) => [
        [key, true],
        [`${key}After`, pageInfo.endCursor],
      ]);
      const next = await this.page({ ...asked, ...Object.fromEntries(places) });
      if (!speakOfOneState(answer, next)) return undefined;
      answer = joined(answer, connectionsIn(next)) as Answer;
    }
  }

  private async page(more: Answer): Promise<Answer> {
    for (;;) {
      try {
        const variables = { ...this.variables, ...more, first: this.first };
        return (await this.client.execute(this.document, variables)) as Answer;
      } catch (error) {
        if (!isTooLarge(error) || this.first <= FEWEST_ROWS) throw error;
        this.first = Math.ceil(this.first / 2);
      }
    }
  }
}

/** Whether two pages name the same revision in each field of the query that names one in both. */
function speakOfOneState(one: Answer, other: Answer): boolean {
  return Object.entries(one).every(([field, value]) => {
    const [mine, theirs] = [revisionOf(value), revisionOf(other[field])];
    return mine === undefined || theirs === undefined || mine === theirs;
  });
}

const revisionOf = (value: unknown): unknown => (isObject(value) ? value.revision : undefined);

/** Whether a smaller page would be answered. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof TendrilError) || error.code !== 'LIMIT_EXCEEDED') return false;
  return ['cost', 'answerBytes', 'operationMillis', 'pageSize'].includes(String(error.details.limit));
}

const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isConnection = (value: unknown): value is Connection =>
  isObject(value) && Array.isArray(value.edges) && isObject(value.pageInfo);

/** The connections of an answer by their keys. What is in a row has no pages of its own. */
function connectionsIn(answer: Answer, found = new Map<string, Connection>()): Map<string, Connection> {
  for (const [key, value] of Object.entries(answer)) {
    if (isConnection(value)) found.set(key, value);
    else if (isObject(value)) connectionsIn(value, found);
  }
  return found;
}

/** The answer with the rows of further pages behind its own. */
function joined(answer: Answer, more: ReadonlyMap<string, Connection>): unknown {
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      if (!isConnection(value)) return [key, isObject(value) ? joined(value, more) : value];
      const next = more.get(key);
      if (next === undefined) return [key, value];
      return [key, { ...value, edges: [...value.edges, ...next.edges], pageInfo: next.pageInfo }];
    }),
  );
}
