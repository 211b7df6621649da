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
import { connectionLost, errorIn, notUnderstood } from './errors.js';
import { parsed, type Send } from './request.js';

/**
 * Rows on one page. A service answers each document of the command line in pages of this size: a larger one would be
 * over its limit on the cost of an operation for the radii, and stand in its log as refused.
 */
const PAGE = 50;

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
    const { status, body } = await this.ask(document.toString(), variables);
    const error = errorIn(body);
    if (error !== undefined) throw error;
    const { data } = (body ?? {}) as { data?: Result };
    if (data === undefined || data === null) throw notUnderstood(this.url, status);
    this.remember(data);
    return data;
  }

  async carryOut(offboarding: string, following: Following): Promise<void> {
    const { follow } = await import('./follow.js');
    await follow({ url: this.url, token: this.token }, offboarding, following);
  }

  async importSnapshots(inputs: readonly SnapshotInput[], options: ImportOptions): Promise<ImportOutcome> {
    const { sendSnapshots } = await import('./send-snapshots.js');
    return sendSnapshots(this.url, this.send, inputs, options);
  }

  async exportGraph(options: ExportOptions): Promise<ExportedGraph> {
    const { receiveExport } = await import('./receive-export.js');
    return receiveExport(this.url, this.send, options);
  }

  async close(): Promise<void> {}

  /** Asks `POST /graphql`. @throws UNAVAILABLE where nothing answers, or not to the end */
  private async ask(query: string, variables: unknown): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(`${this.url}/graphql`, {
        method: 'POST',
        headers: {
          ...this.signIn,
          'Content-Type': 'application/json',
          Accept: 'application/graphql-response+json',
          ...(this.revision > 0 && { 'Tendril-At-Least-Revision': String(this.revision) }),
        },
        body: JSON.stringify({ query, variables }),
        redirect: 'error',
      });
      return { status: response.status, body: parsed(await response.text()) };
    } catch (error) {
      throw connectionLost(this.url, error, /^\s*mutation\b/m.test(query));
    }
  }

  /** Sends a request whose body or whose answer is a stream. @throws the error of the network */
  private readonly send: Send = async (path, sending) => {
    const { send } = await import('./send.js');
    return send(`${this.url}${path}`, { ...sending, headers: { ...sending.headers, ...this.signIn } });
  };

  private get signIn() {
    return { Authorization: `Bearer ${this.token}` };
  }

  /** What a mutation wrote is to be seen by the next question, whichever instance answers it. */
  private remember(data: object): void {
    for (const answer of Object.values(data) as unknown[]) {
      const { revision } = (answer ?? {}) as { revision?: unknown };
      if (typeof revision === 'string' && Number(revision) > this.revision) this.revision = Number(revision);
    }
  }
}
