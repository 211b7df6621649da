import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../api/limits/limits.js';
import { readTrustedDocuments } from '../api/trusted/read-documents.js';
import type { TrustedDocuments } from '../api/trusted/trusted-documents.js';
import { type Config, ConfigError } from '../config.js';
import { allDocuments } from '../documents/all-documents.js';
import { TendrilError } from '../model/errors.js';

const VARIABLE = 'TENDRIL_TRUSTED_DOCUMENTS';

/** The documents that alone may run; null: whatever fits the schema may. @throws ConfigError for their file */
export function trustedDocumentsOf(
  { trustedDocuments: file }: Config,
  schema: GraphQLSchema,
  limits: Limits,
): TrustedDocuments | null {
  if (file === null) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`${VARIABLE} names the file ${file}, which cannot be read.`);
  }
  try {
    return readTrustedDocuments(text, file, schema, limits, allDocuments());
  } catch (error) {
    if (error instanceof TendrilError) throw new ConfigError(`${VARIABLE}: ${error.message}`);
    throw error;
  }
}
