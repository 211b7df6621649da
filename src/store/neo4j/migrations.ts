import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One change of the schema: the statements of one numbered file. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/** `schema/neo4j` of the package, relative to the compiled file. */
const FOLDER = new URL('../../../../schema/neo4j/', import.meta.url);

/** Every change, in order: the first makes version 1. Files are never changed or removed. */
export function readMigrations(folder: URL = FOLDER): Migration[] {
  const files = readdirSync(fileURLToPath(folder))
    .filter((file) => /^\d{4}_.+\.cypher$/.test(file))
    .sort();
  return files.map((file, at) => {
    const version = Number(file.slice(0, 4));
    if (version !== at + 1) throw new Error(`The schema file ${file} should have the number ${at + 1}.`);
    return { version, statements: statementsOf(readFileSync(new URL(file, folder), 'utf8')) };
  });
}

function statementsOf(text: string): string[] {
  return text
    .replace(/^\s*\/\/.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
