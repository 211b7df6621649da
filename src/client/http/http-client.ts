import type { TypedDocumentString } from '../../documents/generated/graphql.js';
import type {
  Client,
  ExportedGraph,
  ExportOptions,
  Following,
  ImportOptions,
  ImportOutcome,
  SnapshotInput,
} from '../client.js';
import { errorIn, notReached, notUnderstood } from './errors.js';
import { jsonOf, type Sending } from './request.js';

/** Rows that a service gives on one page at most. */
const PAGE = 1000;

/** Asks a service, which decides who is who and what they may do. */
export class HttpClient implements Client {
  readonly pageSize = PAGE;
  /** The newest state that an answer spoke of: what is asked next is answered from it or a later one. */
  private revision = 0;

  /** @param url without a slash at its end */
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async execute<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const response = await this.request('/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        ...(this.revision > 0 && { 'Tendril-At-Least-Revision': String(this.revision) }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const body = await jsonOf(response);
    const error = errorIn(body);
    if (error !== undefined) throw error;
    const { data } = (body ?? {}) as { data?: Result };
    if (data === undefined || data === null) throw notUnderstood(this.url, response.status);
    this.remember(data);
    return data;
  }

  async carryOut(offboarding: string, following: Following): Promise<void> {
    const { follow } = await import('./follow.js');
    await follow({ url: this.url, token: this.token }, offboarding, following);
  }

  async importSnapshots(inputs: readonly SnapshotInput[], options: ImportOptions): Promise<ImportOutcome> {
    const { sendSnapshots } = await import('./send-snapshots.js');
    return sendSnapshots((path, init) => this.request(path, init), inputs, options);
  }

  async exportGraph(options: ExportOptions): Promise<ExportedGraph> {
    const { receiveExport } = await import('./receive-export.js');
    return receiveExport((path, init) => this.request(path, init), options);
  }

  async close(): Promise<void> {}

  /** @throws UNAVAILABLE where nothing answers, and what an answer that is not JSON cannot say */
  private async request(path: string, init: Sending): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${this.token}`);
    try {
      return await fetch(`${this.url}${path}`, { ...init, headers, redirect: 'error' } as RequestInit);
    } catch (error) {
      init.signal?.throwIfAborted();
      throw notReached(this.url, error);
    }
  }

  /** What a mutation wrote is to be seen by the next question, whichever instance answers it. */
  private remember(data: object): void {
    for (const answer of Object.values(data) as unknown[]) {
      const { revision } = (answer ?? {}) as { revision?: unknown };
      if (typeof revision === 'string' && Number(revision) > this.revision) this.revision = Number(revision);
    }
  }
}
