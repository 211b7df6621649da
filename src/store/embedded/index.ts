import type { Store } from '../store.js';
import { Connection } from './connection.js';
import { EmbeddedStore } from './embedded-store.js';
import { migrate } from './migrate.js';

export interface EmbeddedOptions {
  /** A file, which is created with its folders where it is missing; `:memory:` for a store that ends with the process. */
  readonly path: string;
  /** Refuse every write. The file must exist. */
  readonly readOnly?: boolean;
}

/**
 * Opens the embedded store, and migrates an older file to the present schema.
 *
 * @throws UNAVAILABLE when the file cannot be used, is no store, or was written by a newer program.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Store> {
  const connection = Connection.open(options.path, options.readOnly ?? false);
  try {
    await migrate(connection);
    connection.tune();
    return new EmbeddedStore(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}
