import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { limitTable } from '../../src/api/limits.js';
import { configTable, readConfig } from '../../src/config.js';
import { FIRST_QUERY } from '../../src/http/explorer.js';
import { type Serving, serve } from '../../src/main/serve.js';
import { ERROR_CODES } from '../../src/model/errors.js';
import { root } from '../house/files.js';
import { writesGolden } from '../support/golden.js';
import { blocks, commands, compactJson, questions, readme, replace } from './readme-file.js';

const text = readme();
const all = blocks(text);
const clock = /TENDRIL_CLOCK=(\S+?)[`\s]/.exec(text)![1]!;

let folder: string;
let store: string;
let serving: Serving;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-readme-'));
  store = `sqlite:${join(folder, 'graph.db')}`;
  const config = readConfig({ TENDRIL_STORE: store, TENDRIL_PORT: '0', TENDRIL_CLOCK: clock });
  serving = await serve(config, () => {});
});

afterAll(async () => {
  await serving.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(query: string): Promise<string> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${serving.tokens[0]!.token}`,
    },
    body: JSON.stringify({ query }),
  });
  return `${compactJson(await response.json())}\n`;
}

function run(line: string): string {
  const words = line.split(' ').slice(2);
  const ended = spawnSync(process.execPath, [join(root, 'build/src/cli.js'), ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TENDRIL_STORE: store, TENDRIL_CLOCK: clock, COLUMNS: '110' },
  });
  return (ended.stdout + ended.stderr).trimEnd();
}

describe('README', () => {
  test('shows what its questions are answered', async () => {
    const examples = questions(all);
    expect(examples.length).toBeGreaterThan(0);
    const answers = await Promise.all(examples.map(({ question }) => ask(question.text)));
    if (writesGolden) {
      replace(examples.map(({ answer }, at) => ({ block: answer, text: answers[at]! })));
      return;
    }
    for (const [at, { answer }] of examples.entries()) {
      expect(JSON.parse(answers[at]!)).not.toHaveProperty('errors');
      expect(JSON.parse(answer.text)).toEqual(JSON.parse(answers[at]!));
    }
  });

  test('shows what its commands print', () => {
    const shown = commands(all);
    expect(shown.length).toBeGreaterThan(0);
    for (const { line, output, cut } of shown) {
      const printed = run(line);
      expect(cut ? printed.slice(0, output.length) : printed).toBe(output);
    }
  });

  test('opens the explorer with its first question', () => {
    const [first] = questions(all);
    expect(FIRST_QUERY).toContain(first!.question.text);
  });

  test('prints the tables of configuration and limits', () => {
    expect(text).toContain(configTable());
    expect(text).toContain(limitTable());
  });

  test('says of every code of an error what to do', () => {
    const section = text.split('\n### Errors\n')[1]!.split('\n### ')[0]!;
    const told = [...section.matchAll(/^\| `([A-Z_]+)` \| .+ \| .+ \|$/gm)].map(([, code]) => code);
    expect(told).toEqual(ERROR_CODES);
  });

  test('names every command there is', () => {
    const help = run('npx tendril --help');
    const names = [...help.matchAll(/^ {2}([a-z][a-z-]+) /gm)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => name !== 'help' && !text.includes(`\`${name}`))).toEqual([]);
  });
});
