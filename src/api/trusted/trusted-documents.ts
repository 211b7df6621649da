import { createHash } from 'node:crypto';
import { parse, print } from 'graphql';
import { badInput, notFound, TendrilError } from '../../model/errors.js';
import type { Limits } from '../limits/limits.js';

/** A document of the file of trusted documents. */
export interface TrustedDocument {
  /** As the file names it. */
  readonly id: string;
  readonly text: string;
}

/** The part of a request that names a document. It is not checked yet. */
export interface AskedDocument {
  readonly documentId?: unknown;
  readonly extensions?: unknown;
  readonly query?: unknown;
}

/** The optional prefix of a SHA-256 in hex (GraphQL over HTTP, appendix A, a draft). */
const SHA256 = 'sha256:';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An id without the optional prefix. */
export const plainId = (id: string): string => (id.startsWith(SHA256) ? id.slice(SHA256.length) : id);

/** The documents that may run, and no others. */
export class TrustedDocuments {
  readonly #byId = new Map<string, TrustedDocument>();
  readonly #byText = new Map<string, TrustedDocument>();

  /** @param documents each of them parses */
  constructor(
    documents: readonly TrustedDocument[],
    private readonly limits: Limits,
  ) {
    for (const document of documents) {
      this.#byId.set(sha256Of(document.text), document);
      this.#byText.set(print(parse(document.text)), document);
    }
    // An id of the file takes precedence over the hash of another document.
    for (const document of documents) this.#byId.set(plainId(document.id), document);
  }

  /**
   * The document that a request means: by `documentId`, by the hash of Apollo's `persistedQuery` extension, or by
   * its text, whatever its formatting. Where there are an id and a text, the id counts.
   *
   * @throws NOT_FOUND for an id that is not in the file, FORBIDDEN for a text that is not, BAD_INPUT
   */
  find({ documentId, extensions, query }: AskedDocument): TrustedDocument {
    const id = documentId ?? hashIn(extensions);
    if (id !== undefined && typeof id !== 'string') throw badInput('The id of a document is a text.');
    if (id !== undefined) {
      const found = this.#byId.get(plainId(id));
      if (found === undefined) throw notFound('No trusted document has that id. Have it added to the file.');
      return found;
    }
    if (typeof query !== 'string' || query === '')
      throw badInput('Ask for a trusted document by `documentId`.');
    const found = this.#byText.get(this.#laidOut(query));
    if (found === undefined) throw notTrusted();
    return found;
  }

  #laidOut(text: string): string {
    try {
      return print(parse(text, { maxTokens: this.limits.queryTokens, noLocation: true }));
    } catch {
      // A text that does not parse is not in the file; the answer says no more than that.
      throw notTrusted();
    }
  }
}

function hashIn(extensions: unknown): unknown {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
  const { sha256Hash } = (persistedQuery ?? {}) as { sha256Hash?: unknown };
  return sha256Hash ?? undefined;
}

function notTrusted(): TendrilError {
  const message =
    'Only the trusted documents of this service run, and this is none of them. Have it added to the file, or ask for one of them.';
  return new TendrilError('FORBIDDEN', message);
}
