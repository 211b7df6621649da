import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-serve-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  out: string;
  err: string;
  readonly ended: Promise<number | null>;
}

/** Starts the service as `npm start` does, in a folder of its own. */
function start(
  environment: Record<string, string>,
  command = process.execPath,
  args = ['build/src/main.js'],
): Run {
  const { PATH = '' } = process.env;
  const defaults = { PATH, TENDRIL_STORE: `sqlite:${join(folder, 'graph.db')}`, TENDRIL_PORT: '0' };
  const started = spawn(command, args, { env: { ...defaults, ...environment } });
  child = started;
  const run: Run = {
    out: '',
    err: '',
    ended: new Promise((resolve) => started.once('close', (code) => resolve(code))),
  };
  started.stdout.on('data', (text) => {
    run.out += text;
  });
  started.stderr.on('data', (text) => {
    run.err += text;
  });
  return run;
}

/** Waits until the service has said something; fails where it has ended. */
async function until(run: Run, hasSaid: () => boolean): Promise<void> {
  let ended = false;
  void run.ended.then(() => {
    ended = true;
  });
  while (!hasSaid()) {
    if (ended) throw new Error(`The service ended: ${run.out}${run.err}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function ready(run: Run): Promise<string> {
  await until(run, () => run.out.includes('only reads'));
  const [url = ''] = /http:\/\/[\d.:]+/.exec(run.out) ?? [];
  return url;
}

describe('the service', () => {
  test('starts with the demo company and three tokens, and stops on a signal', async () => {
    const run = start({});
    const url = await ready(run);
    const tokens = [...run.out.matchAll(/^ {2}(\S{32}) {2}(.*) \((.*)\)$/gm)].map(
      ([, token, may, roles]) => ({ token, may, roles }),
    );
    expect(tokens.map(({ may }) => may)).toEqual([
      'plans, imports, executes and audits',
      'approves',
      'only reads',
    ]);
    expect(tokens.map(({ roles }) => roles)).toEqual([
      'PLANNER, IMPORTER, OPERATOR, AUDITOR',
      'APPROVER',
      'VIEWER',
    ]);
    for (const { token } of tokens) expect(run.err).not.toContain(token);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[2]?.token}` },
      body: JSON.stringify({ query: '{ entities(filter: { kinds: [HUMAN] }) { totalCount } }' }),
    });
    const answer = (await response.json()) as { data: { entities: { totalCount: number } } };
    expect(answer.data.entities.totalCount).toBeGreaterThan(30);
    child?.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    const said = run.err.trimEnd().split('\n').slice(-2);
    expect(said.map((line) => JSON.parse(line).msg)).toEqual(['stopping', 'stopped']);
  });

  test('hears what npm passes on to the shell of its script, and does not go on without it', async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
    const script = scripts.start.replace('npm run --silent ready', 'true');
    expect(script).not.toBe(scripts.start);
    const run = start({}, 'sh', ['-c', script]);
    await fetch(`${await ready(run)}/health/live`);
    child?.kill('SIGTERM');
    expect(await run.ended).toBe(0);
  });

  test('hears that it is to stop while it starts', async () => {
    const run = start({});
    await until(run, () => run.err.includes('loaded the demo company'));
    child?.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.err).toContain('"msg":"stopped"');
  });

  test.each([
    ['an unknown variable', { TENDRIL_PROT: '4000' }, 2, 'TENDRIL_PROT'],
    ['a bad value', { TENDRIL_PORT: 'http' }, 2, 'TENDRIL_PORT'],
    ['a host that is none', { TENDRIL_HOST: 'http://localhost' }, 2, '"http://localhost"'],
    ['a host others reach, without sign-in', { TENDRIL_HOST: '0.0.0.0' }, 2, 'TENDRIL_TOKENS'],
  ])('refuses %s in one sentence', async (_name, environment: Record<string, string>, code, words) => {
    const run = start(environment);
    expect(await run.ended).toBe(code);
    expect(run.err).toMatch(new RegExp(`^[^\\n]*${words}[^\\n]*\\n$`));
    expect(run.out).toBe('');
  });

  test('gives a gateway its schema where federation is on', async () => {
    const run = start({ TENDRIL_FEDERATION: 'on', TENDRIL_DEMO: 'off' });
    const url = await ready(run);
    const [, token] = /^ {2}(\S{32}) {2}only reads/m.exec(run.out) ?? [];
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: 'query __ApolloGetServiceDefinition__ { _service { sdl } }' }),
    });
    const answer = (await response.json()) as { data: { _service: { sdl: string } } };
    expect(answer.data._service.sdl).toContain('type Human implements Entity & Node @key(fields: "id")');
  });

  test('says in one sentence that the port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = taken.address() as { port: number };
      const run = start({ TENDRIL_PORT: String(port) });
      expect(await run.ended).toBe(1);
      expect(run.err).toMatch(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use;[^\\n]*\\n$`));
    } finally {
      taken.close();
    }
  });

  test('says in one sentence that the store is not one', async () => {
    writeFileSync(
      join(folder, 'graph.db'),
      'this is no database, and long enough to be looked at '.repeat(100),
    );
    const run = start({});
    expect(await run.ended).toBe(3);
    expect(run.err).toMatch(/^The file [^\n]* is not a Tendril store[^\n]*\n$/);
  });
});
