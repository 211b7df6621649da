import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { type Serving, serve } from '../../src/main/serve.js';
import { root } from '../house/files.js';
import { examples } from './examples.js';

/** Below the repository, so that what was generated finds its packages. */
const folder = mkdtempSync(join(root, 'build/client-'));
const program = (path: string, ...words: string[]) =>
  spawnSync(process.execPath, [join(root, path), ...words], { cwd: root, encoding: 'utf8' });

/** By name of the operation. */
let ids: ReadonlyMap<string, string>;
let serving: Serving;

beforeAll(async () => {
  const generated = program('build/test/examples/generate-client.js', folder);
  expect(generated.stderr).toBe('');
  const file = join(folder, 'persisted-documents.json');
  const documents = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  ids = new Map(Object.entries(documents).map(([id, text]) => [/^query (\w+)/.exec(text)?.[1] ?? '', id]));
  serving = await serve(
    readConfig({
      TENDRIL_STORE: 'sqlite::memory:',
      TENDRIL_PORT: '0',
      TENDRIL_CLOCK: '2026-11-23T09:00:00.000Z',
      TENDRIL_TRUSTED_DOCUMENTS: file,
    }),
    () => {},
  );
});
afterAll(async () => {
  await serving.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks as a dashboard does: by the id of a document that the service trusts. */
async function ask(operation: string, variables = {}): Promise<unknown> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${serving.tokens[0]!.token}` },
    body: JSON.stringify({ documentId: ids.get(operation), variables }),
  });
  return response.json();
}

const data = (fields: object) => ({ data: expect.objectContaining(fields) });
const some = (fields: object) => expect.objectContaining(fields);
const person = (name: string) => some({ human: some({ name }) });

describe('the examples for dashboards, run as trusted documents on the demo', () => {
  test('are five', () => {
    expect([...ids.keys()].sort()).toEqual(['Cases', 'Leaver', 'LingeringAccess', 'MostExposed', 'Overview']);
    expect(examples()).toHaveLength(5);
  });

  test('the company in numbers', async () => {
    const stale = [some({ id: 'aws:fennmarsh' })];
    expect(await ask('Overview')).toEqual(data({ overview: some({ revision: '1', staleSources: stale }) }));
  });

  test('who is exposed most, and who left and still is', async () => {
    expect(await ask('MostExposed', { first: 1 })).toEqual(
      data({ exposureRanking: some({ pageInfo: some({ hasNextPage: true }), nodes: [expect.anything()] }) }),
    );
    const left = expect.arrayContaining([person('Gideon Marsh'), person('Rowan Pike')]);
    expect(await ask('LingeringAccess')).toEqual(data({ lingeringAccess: some({ nodes: left }) }));
  });

  test('one leaver', async () => {
    expect(await ask('Leaver', { human: 'tamsin.okoro@fennmarsh.example' })).toEqual(
      data({
        blastRadius: some({
          complete: true,
          exposure: some({ totalCount: 66 }),
          continuity: some({ totalCount: 6 }),
          conflicts: some({ totalCount: 10 }),
        }),
      }),
    );
  });

  test('cases, and what needs somebody', async () => {
    const none = some({ totalCount: 0 });
    expect(await ask('Cases')).toEqual(data({ offboardings: none, attention: none }));
  });
});

describe('the client that graphql-codegen generates of them', () => {
  const compiled = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const options =
      '--ignoreConfig --noEmit --strict --target es2022 --module esnext --moduleResolution bundler --types node';
    const { status, stdout } = program('node_modules/typescript/bin/tsc', ...options.split(' '), file);
    return { status, stdout };
  };
  const use = (field: string) => `import { LeaverDocument, type LeaverQuery } from './graphql';
    export const asked = LeaverDocument;
    export const total = ({ blastRadius }: LeaverQuery): number => blastRadius.${field};`;

  test('compiles, and knows which fields an answer has', () => {
    expect(compiled('right.ts', use('exposure.totalCount'))).toEqual({ status: 0, stdout: '' });
    expect(compiled('wrong.ts', use('exposure.total')).stdout).toContain("Property 'total' does not exist");
  });
});
