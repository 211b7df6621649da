import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../api/limits/limits.js';
import { readTrustedDocuments } from '../api/trusted/read-documents.js';
import type { TrustedDocuments } from '../api/trusted/trusted-documents.js';
import { readConfiguredFile } from '../config/read-file.js';
import type { Config } from '../config.js';
import { allDocuments } from '../documents/all-documents.js';

/** The documents that alone may run; null: every document that fits the schema may. @throws ConfigError for their file */
export function trustedDocumentsOf(
  { trustedDocuments: file }: Config,
  schema: GraphQLSchema,
  limits: Limits,
): TrustedDocuments | null {
  if (file === null) return null;
  return readConfiguredFile('TENDRIL_TRUSTED_DOCUMENTS', file, (text, name) =>
    readTrustedDocuments(text, name, schema, limits, allDocuments()),
  );
}
