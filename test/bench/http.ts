import { fileURLToPath } from 'node:url';
import { Client } from './client.js';
import { type ImportedCompany, NOW_TEXT } from './company.js';
import { WORK_HEADER } from './floor-header.js';
import { QUESTIONS, type Question } from './questions.js';
import { type ServerProcess, startServer } from './server-process.js';
import { startIds } from './starts.js';
import type { Aim, Line } from './table.js';
import { measureEach, timedAsync } from './timing.js';

const ROUNDS = 2;
const AIM: Aim = { ratio: 3 };

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SERVICE = program('../../src/main.js');
const BARE_SERVER = program('./bare-server.js');

/** Both servers, on one store. */
interface Servers {
  readonly service: ServerProcess;
  readonly bare: ServerProcess;
}

/** Times questions about people, asked of the real service and of the bare server. */
export async function benchHttp({ size, humans, path }: ImportedCompany): Promise<Line[]> {
  const starts = startIds(humans);
  const bare = await startServer([...process.execArgv, BARE_SERVER, path], {}, /ready/, `${path}.bare.log`);
  try {
    const service = await startServer(
      [...process.execArgv, SERVICE],
      environment(path),
      /only reads/,
      `${path}.log`,
    );
    try {
      const lines: Line[] = [];
      for (const question of QUESTIONS)
        lines.push(...(await benchQuestion(size, question, starts, { service, bare })));
      return lines;
    } finally {
      await service.stop();
    }
  } finally {
    await bare.stop();
  }
}

function environment(path: string): Record<string, string> {
  return {
    TENDRIL_STORE: `sqlite:${path}`,
    TENDRIL_PORT: '0',
    TENDRIL_DEMO: 'off',
    TENDRIL_CLOCK: NOW_TEXT,
  };
}

async function benchQuestion(
  size: number,
  { name, query }: Question,
  starts: readonly string[],
  { service, bare }: Servers,
): Promise<Line[]> {
  const viewer = new Client({ authorization: `Bearer ${viewerToken(service)}` });
  const anybody = new Client();
  const body = (human: string) => JSON.stringify({ query, variables: { human } });
  const address = (what: string, human: string) => `${bare.url}/${what}/${encodeURIComponent(human)}`;
  try {
    for (const human of starts) {
      const { text } = await viewer.post(`${service.url}/graphql`, body(human));
      if ('errors' in JSON.parse(text))
        throw new Error(`The service refused "${name}": ${text.slice(0, 500)}`);
      await anybody.post(address('learn', human), text);
    }
    // Learning the answers has warmed the service up.
    const result = await measureEach(
      starts,
      ROUNDS,
      (human) => asked(viewer, `${service.url}/graphql`, body(human)),
      0,
    );
    const work = await measureEach(starts, ROUNDS, async (human) => {
      const { headers } = await anybody.post(address('ask', human), body(human));
      return Number(headers[WORK_HEADER]);
    });
    const served = await measureEach(
      starts,
      ROUNDS,
      (human) => asked(anybody, address('ask', human), body(human)),
      0,
    );
    const line = { size, unit: 'ms', result } as const;
    return [
      { ...line, measure: `HTTP, ${name}, to a bare walk and serialisation`, floor: work, aim: AIM },
      { ...line, measure: `HTTP, ${name}, to the same from a bare server`, floor: served },
    ];
  } finally {
    viewer.close();
    anybody.close();
  }
}

/** Milliseconds until the whole answer is there. */
function asked(client: Client, url: string, body: string): Promise<number> {
  return timedAsync(() => client.post(url, body));
}

/** The service prints the tokens of its start. */
function viewerToken({ announced }: ServerProcess): string {
  return /^ *(\S+) +only reads\b/m.exec(announced)?.[1] ?? '';
}
