import type { GraphQLSchema } from 'graphql';
import { DEFAULT_LIMITS } from '../../../src/api/limits/limits.js';
import { readTrustedDocuments } from '../../../src/api/trusted/read-documents.js';
import type { TrustedDocuments } from '../../../src/api/trusted/trusted-documents.js';

/** What makes a service trust these documents, by name, and no others. */
export function only(documents: Readonly<Record<string, string>>) {
  const file = JSON.stringify(documents);
  return (schema: GraphQLSchema): TrustedDocuments =>
    readTrustedDocuments(file, 'documents.json', schema, DEFAULT_LIMITS);
}
