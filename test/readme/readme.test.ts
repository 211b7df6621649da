import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { FIRST_QUERY } from '../../src/http/explorer.js';
import { type Serving, serve } from '../../src/main/serve.js';
import { allowedPairs, RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import { root, textOf } from '../house/files.js';
import { writesGolden } from '../support/golden.js';
import {
  blocks,
  type Command,
  commands,
  compactJson,
  filesOf,
  OWN_COMPANY,
  PAGES,
  questions,
  replace,
  section,
} from './page.js';

/** The moment at which all examples are told. */
const clock = /TENDRIL_CLOCK=(\S+?)[`\s]/.exec(textOf('README.md'))![1]!;

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

function run(line: string, at = store, cwd = root): string {
  const words = line.split(' ').slice(2);
  const ended = spawnSync(process.execPath, [join(root, 'build/src/cli.js'), ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TENDRIL_STORE: at, TENDRIL_CLOCK: clock, COLUMNS: '110' },
  });
  return (ended.stdout + ended.stderr).trimEnd();
}

describe.each(PAGES)('%s', (page) => {
  const all = blocks(textOf(page));

  test('shows the answers to its questions', async () => {
    const examples = questions(all);
    const answers = await Promise.all(examples.map(({ question }) => ask(question.text)));
    if (writesGolden) {
      const parts = examples.map(({ answer }, at) => ({ block: answer, text: answers[at]! }));
      replace(page, parts);
      return;
    }
    for (const [at, { answer }] of examples.entries()) {
      expect(JSON.parse(answers[at]!)).not.toHaveProperty('errors');
      expect(JSON.parse(answer.text)).toEqual(JSON.parse(answers[at]!));
    }
  });

  test('shows what its commands print', () => {
    for (const command of commands(all)) expectPrinted(command);
  });
});

describe('pages', () => {
  test('have questions and commands with their answers', () => {
    const all = PAGES.map((page) => blocks(textOf(page)));
    expect(all.flatMap(questions).length).toBeGreaterThanOrEqual(3);
    expect(all.flatMap(commands).length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ['From exports to a first blast radius', ['convert', 'convert', 'convert', 'import', 'blast-radius']],
    ['A complete small snapshot', ['import', 'blast-radius']],
  ])('on your own company show what comes of their files: %s', (heading, words) => {
    const told = section(textOf(OWN_COMPANY), heading);
    const place = mkdtempSync(join(folder, 'own-'));
    for (const { name, text } of filesOf(told)) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), text);
    }
    const shown = commands(blocks(told));
    expect(shown.map(({ line }) => line.split(' ')[2])).toEqual(words);
    for (const command of shown) expectPrinted(command, `sqlite:${join(place, 'own.db')}`, place);
  });

  test('on your own company list every pair of kinds that a source may relate', () => {
    const rows = [...textOf(OWN_COMPANY).matchAll(/^\| `([A-Z_]+)` \| (.+?) \|$/gm)];
    expect(rows.map(([, type, pairs]) => [type, pairs])).toEqual(
      RELATIONSHIP_TYPES.map((type) => [type, allowedPairs(type)]),
    );
  });

  test('on GraphQL begin with the question that the explorer opens with', () => {
    const [first] = questions(blocks(textOf('docs/using/graphql.md')));
    expect(FIRST_QUERY).toContain(first!.question.text);
  });

  test('on the command line name every command there is', () => {
    const text = textOf('docs/using/command-line.md');
    const names = commandsOf('');
    expect(names.length).toBeGreaterThan(5);
    const all = names.flatMap((name) => (GROUPS.includes(name) ? commandsOf(name) : [name]));
    expect(all.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
  });
});

/** Commands that only hold others. */
const GROUPS = ['audit', 'offboard', 'policy', 'convert'];

/** The commands that the help of a group of commands lists, each with the name of the group before it. */
function commandsOf(group: string): string[] {
  const help = run(`npx tendril ${group} --help`.replace('  ', ' '));
  const names = [...help.matchAll(/^ {2}([a-z][a-z-]+) /gm)].map((match) => match[1]!);
  return names.filter((name) => name !== 'help').map((name) => `${group} ${name}`.trim());
}

function expectPrinted({ line, output, cut }: Command, at?: string, cwd?: string): void {
  const printed = run(line, at, cwd);
  expect(cut ? printed.slice(0, output.length) : printed).toBe(output);
}
