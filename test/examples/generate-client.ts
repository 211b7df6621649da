import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse } from 'graphql';
import { examples } from './examples.js';

/**
 * What a team with a dashboard runs: graphql-codegen's client preset over the published schema and the examples,
 * which also writes the file of trusted documents. A program of its own: `node generate-client.js FOLDER`.
 */
const out = join(process.argv[2] as string, '/');
const sdl = readFileSync('schema/schema.graphql', 'utf8');
const parts = await preset.buildGeneratesSection({
  baseOutputDir: out,
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  documents: examples().map(({ file, text }) => ({ location: file, rawSDL: text, document: parse(text) })),
  config: { useTypeImports: true, enumsAsTypes: true },
  presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
  plugins: [],
  pluginMap: {},
});
for (const part of parts) {
  mkdirSync(dirname(part.filename), { recursive: true });
  writeFileSync(part.filename, await codegen(part));
}
