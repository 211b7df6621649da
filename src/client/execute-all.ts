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

/**
 * Runs a query and gives its answer with all rows of its connections, page by page where the client has pages. The
 * document has to be made for it: `$first` is the page size of every connection; a connection under the key `rows` is
 * asked for with `after: $rowsAfter`, has `pageInfo { hasNextPage endCursor }`, is in no list, and, where there are
 * several in the document, is left out by `@include(if: $rows)`.
 */
export async function executeAll<Result, Variables extends { readonly first: number }>(
  client: Client,
  document: TypedDocumentString<Result, Variables>,
  variables: Omit<Variables, 'first'>,
): Promise<Result> {
  let first = client.pageSize;
  const page = async (more: Answer): Promise<Answer> => {
    for (;;) {
      try {
        return (await client.execute(document, {
          ...variables,
          ...more,
          first,
        } as unknown as Variables)) as Answer;
      } catch (error) {
        if (!isTooLarge(error) || first <= FEWEST_ROWS) throw error;
        first = Math.ceil(first / 2);
      }
    }
  };
  let answer = await page({});
  for (;;) {
    const connections = connectionsIn(answer);
    const unfinished = [...connections].filter(([, { pageInfo }]) => pageInfo.hasNextPage);
    if (unfinished.length === 0) return answer as Result;
    const asked = Object.fromEntries([...connections.keys()].map((key) => [key, false]));
    const places = unfinished.flatMap(([key, { pageInfo }]) => [
      [key, true],
      [`${key}After`, pageInfo.endCursor],
    ]);
    const next = await page({ ...asked, ...Object.fromEntries(places) });
    answer = joined(answer, connectionsIn(next)) as Answer;
  }
}

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
