import { createHash } from 'node:crypto';
import { parse, print } from 'graphql';
import { badInput, notFound, TendrilError } from '../../model/errors.js';
import type { Limits } from '../limits/limits.js';

/** A document that may run where only trusted ones may. */
export interface TrustedDocument {
  /** As the file names it. */
  readonly id: string;
  readonly text: string;
}

/** How a request says which document it means. Nobody has looked at it. */
export interface AskedDocument {
  readonly documentId?: unknown;
  readonly extensions?: unknown;
  readonly query?: unknown;
}

/** The prefix of a SHA-256 in hex, where one is written (GraphQL over HTTP, appendix A, a draft). */
const SHA256 = 'sha256:';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same id however it is written: with its prefix, or without. */
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
    // The name in the file is the one that counts, whatever else has that hash.
    for (const document of documents) this.#byId.set(plainId(document.id), document);
  }

  /**
   * The document that a request means: by `documentId`, by the hash of Apollo's `persistedQuery` extension, or by
   * its text, however that is laid out. An id wins over a text beside it.
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
      // What does not parse is not in the file either, and says nothing more about it.
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
