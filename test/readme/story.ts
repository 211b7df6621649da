import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { type Serving, serve } from '../../src/main/serve.js';
import { outcomeOf } from '../cli/support/tendril.js';
import { root, textOf } from '../house/files.js';
import { writesGolden } from '../support/golden.js';
import { until } from '../support/until.js';
import { blocks, compactJson, replace, STORY, script, story } from './page.js';

/** A store with the demo company in it, or an empty one that the service loads it into. */
export interface Company {
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

const text = textOf(STORY);
const typed = script(text, 'By command line');
const told = story(blocks(text));
/** Before the last working day, and after it. */
const [BEFORE, AFTER] = [...typed.matchAll(/TENDRIL_CLOCK=(\S+)/g)].map(([, clock]) => clock) as [
  string,
  string,
];

interface Answer {
  readonly data: Record<string, { id: string; state: string; planHash: string } & Record<string, unknown>>;
  readonly errors?: unknown;
}

interface Evidence {
  readonly html: string;
  readonly plan: string;
  readonly controls: readonly { readonly id: string }[];
}

/** Runs what the page on offboarding tells from the plan to the evidence, word for word, on one store. */
export function tellsItsStory(open: () => Promise<Company>): void {
  let company: Company;
  let folder: string;
  let id: string;
  let planHash: string;
  beforeAll(async () => {
    company = await open();
    folder = mkdtempSync(join(tmpdir(), 'tendril-story-'));
    // What `npx` finds in an installed folder.
    const program = `#!/bin/sh\nshift\nexec '${process.execPath}' '${join(root, 'build/src/cli.js')}' "$@"\n`;
    writeFileSync(join(folder, 'npx'), program, { mode: 0o755 });
  });
  afterAll(async () => {
    await company.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function during<T>(clock: string, work: (serving: Serving) => Promise<T>): Promise<T> {
    const config = readConfig({ ...company.env, TENDRIL_PORT: '0', TENDRIL_CLOCK: clock });
    const serving = await serve(config, () => {});
    return work(serving).finally(() => serving.stop());
  }

  test('by GraphQL until the last working day', () =>
    during(BEFORE, async (serving) => {
      const planned = caseIn(await ask(serving, 'Plan', {}));
      id = planned.id;
      expect(planned).toMatchObject({ state: 'IN_REVIEW', needsDecision: { nodes: [{}] } });
      await ask(serving, 'Look', { id });
      const { planHash: hash } = caseIn(await ask(serving, 'Decide', { id }));
      planHash = hash;
      expect(caseIn(await ask(serving, 'Approve', { id, hash }, 1)).state).toBe('APPROVED');
      await ask(serving, 'Execute', { id, hash });
      expect(await follow(serving, id, ['WAITING'])).toBe('WAITING');
      await ask(serving, 'Resume', { id });
      expect(await follow(serving, id, ['WAITING'])).toBe('WAITING');
    }));

  test('by command line', async () => {
    const PATH = `${folder}${delimiter}${process.env.PATH}`;
    const env = { PATH, HOME: folder, ...company.env };
    // Nobody sits at a terminal to say yes.
    const words = typed.replace(/offboard approve .*$/m, '$& --yes');
    const { code, out, err } = await outcomeOf(spawn('bash', ['-e', '-c', words], { env, cwd: folder }));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(
      'Verified now. As far as the sources look, all invariants hold, and nothing is open;',
    );
    expect(readFileSync(join(folder, 'evidence/report.html'), 'utf8')).toContain('Tamsin Okoro');
  });

  test('by GraphQL from the last working day on', () =>
    during(AFTER, async (serving) => {
      expect(await follow(serving, id)).toBe('VERIFIED');
      const { evidence } = (await ask(serving, 'Evidence', { id })).data;
      const { html, plan, controls } = evidence as unknown as Evidence;
      expect(html).toContain('Priya Raman');
      expect(createHash('sha256').update(plan).digest('hex')).toBe(planHash);
      // An AI agent was concerned.
      expect(controls.map((control) => control.id)).toEqual(
        expect.arrayContaining(['NHI1:2025', 'GOVERN 1.7']),
      );
      const report = await ask(serving, 'Report', { id });
      if (writesGolden) {
        replace(STORY, [{ block: told.answer, text: `${compactJson(report)}\n` }]);
        return;
      }
      expect(JSON.parse(told.answer.text)).toEqual(report);
    }));
}

/** Sends one operation of the page, with one of the tokens of the start. */
async function ask(
  { url, tokens }: Serving,
  operationName: string,
  variables: Readonly<Record<string, unknown>>,
  token = 0,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[token]!.token}` },
    body: JSON.stringify({ query: told.question.text, operationName, variables }),
  });
  const answer = (await response.json()) as Answer;
  expect([operationName, answer.errors]).toEqual([operationName, undefined]);
  return answer;
}

/** The case in what a mutation answers. */
function caseIn({ data }: Answer) {
  return Object.values(data)[0]!.offboarding as Answer['data'][string];
}

/** Asks how far a case is until it is in one of some states, or over. */
async function follow(serving: Serving, id: string, states: readonly string[] = []): Promise<string> {
  const over = [...states, 'VERIFIED', 'INCOMPLETE'];
  const stateNow = async () => (await ask(serving, 'Follow', { id })).data.offboarding!.state;
  return until(stateNow, (state) => over.includes(state));
}
