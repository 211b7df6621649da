import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { byHand } from '../store/neo4j/support.js';
import { HANDSHAKE, OldServer } from '../support/neo4j/old-server.js';
import { testServer, wipe } from '../support/neo4j/place.js';
import { takeTurn } from '../support/neo4j/turn.js';
import { Bench, demoFiles, isOneSentence, type Outcome } from './support/tendril.js';

jest.setTimeout(240_000);

/**
 * Somebody of our own on the test's server: after three wrong passwords it lets nobody of that name in for a
 * while, and the others that test there need their name.
 */
const USER = 'somebody';
const PASSWORD = 'what-somebody-knows-51c0';
const WRONG = 'what-somebody-guesses-9e27';

const bench = new Bench();
const said: string[] = [];
beforeAll(async () => {
  await byHand(`CREATE OR REPLACE USER ${USER} SET PASSWORD $password CHANGE REQUIRED`, {
    password: PASSWORD,
  });
});
afterEach(() => {
  // Whatever a test asked for, nobody is told a password.
  const { password } = testServer();
  for (const secret of [password, PASSWORD, WRONG]) expect(said.join('\n')).not.toContain(secret);
});
afterAll(async () => {
  bench.remove();
  await byHand(`DROP USER ${USER} IF EXISTS`);
});

type Environment = Readonly<Record<string, string>>;

function signIn(): Environment {
  const { uri, user, password } = testServer();
  return {
    TENDRIL_STORE: uri,
    TENDRIL_NEO4J_USER: user,
    TENDRIL_NEO4J_PASSWORD: password,
    TENDRIL_PORT: '0',
  };
}

async function run(words: readonly string[], over: Environment): Promise<Outcome> {
  const outcome = await bench.runWith({ env: { ...signIn(), ...over } }, ...words);
  said.push(outcome.out, outcome.err);
  return outcome;
}

/** Each command with a store, for people and for machines in turn. */
const COMMANDS: readonly (readonly string[])[] = [
  ['serve'],
  ['import', demoFiles()[0]!],
  ['export', '--json'],
  ['blast-radius', 'ada'],
  ['paths', 'a', 'b', '--json'],
  ['doctor', '--json'],
  ['doctor'],
];

/** The one sentence that a command ended with, which exits with 3. */
async function refusal(words: readonly string[], over: Environment): Promise<string> {
  const { code, out, err } = await run(words, over);
  expect({ words, code }).toEqual({ words, code: 3 });
  if (words.includes('--json')) {
    expect(err).toBe('');
    const { error, problems } = JSON.parse(out) as { error?: { message: string }; problems?: string[] };
    expect(problems ?? [error?.message]).toHaveLength(1);
    return problems?.[0] ?? error?.message ?? '';
  }
  if (words[0] === 'doctor') return /^1 problem:\n! ([^\n]*)\n/.exec(out)?.[1] ?? '';
  expect({ out, one: isOneSentence(err) }).toEqual({ out: '', one: true });
  return err;
}

/** Two at a time: a process takes a processor while it starts. */
async function refusals(asked: readonly (readonly [readonly string[], Environment])[]): Promise<string[]> {
  const sentences: string[] = [];
  const waiting = [...asked.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, [words, over]] = next;
      sentences[at] = await refusal(words, over);
    }
  };
  await Promise.all([work(), work()]);
  return sentences;
}

test('every command that opens a store says that the password is wrong, and which variable has it', async () => {
  const over = { TENDRIL_NEO4J_USER: USER, TENDRIL_NEO4J_PASSWORD: WRONG };
  const sentences = await refusals(COMMANDS.map((words) => [words, over]));
  for (const sentence of sentences) expect(sentence).toContain('TENDRIL_NEO4J_PASSWORD');
});

const ASK = ['paths', 'a', 'b'];

describe('one sentence names what to change', () => {
  test('for users, databases and addresses that are not there, or are not what they are taken for', async () => {
    const { uri } = testServer();
    const web = createServer((_request, response) => response.end('Hello.'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as { port: number };
    const asked: readonly (readonly [Environment, RegExp])[] = [
      [{ TENDRIL_NEO4J_USER: 'nobody' }, /does not know this user .* TENDRIL_NEO4J_USER/],
      [{ TENDRIL_NEO4J_DATABASE: 'none' }, /no such database; set TENDRIL_NEO4J_DATABASE/],
      [{ TENDRIL_NEO4J_DATABASE: 'System' }, /keeps no graph; set TENDRIL_NEO4J_DATABASE/],
      [{ TENDRIL_STORE: 'neo4j://127.0.0.1:1' }, /cannot be reached; start it, or set TENDRIL_STORE/],
      [{ TENDRIL_STORE: uri.replace('bolt:', 'bolt+s:') }, /by an encrypted connection.* TENDRIL_STORE/],
      [{ TENDRIL_STORE: uri.replace('bolt:', 'neo4j+ssc:') }, /by an encrypted connection.* TENDRIL_STORE/],
      [{ TENDRIL_STORE: uri.replace('bolt:', 'neo4j+tls:') }, /set TENDRIL_STORE to one like neo4j:/],
      [{ TENDRIL_STORE: `${uri}/graph` }, /out of TENDRIL_STORE, .* TENDRIL_NEO4J_DATABASE/],
      [{ TENDRIL_STORE: `${uri}?policy=near` }, /out of TENDRIL_STORE/],
      [{ TENDRIL_STORE: `bolt://127.0.0.1:${port}` }, /no Neo4j of version 5 or later; set TENDRIL_STORE/],
    ];
    try {
      const sentences = await refusals(asked.map(([over]) => [ASK, over]));
      for (const [at, [, words]] of asked.entries()) expect(sentences[at]).toMatch(words);
    } finally {
      web.close();
    }
  });

  test.each([
    ['that tells its version', HANDSHAKE.four, /too old \(Neo4j\/4\.4\.1\); set TENDRIL_STORE/],
    ['that speaks no Bolt of today', HANDSHAKE.none, /no Neo4j of version 5 or later; set TENDRIL_STORE/],
  ])('for a server %s and is too old', async (_which, handshake, words) => {
    const server = await OldServer.start(handshake);
    try {
      expect(await refusal(ASK, { TENDRIL_STORE: server.uri })).toMatch(words);
    } finally {
      await server.close();
    }
  });

  test('for a first password that nobody has changed', async () => {
    await byHand(`CREATE OR REPLACE USER ${USER} SET PASSWORD $password CHANGE REQUIRED`, {
      password: PASSWORD,
    });
    const over = { TENDRIL_NEO4J_USER: USER, TENDRIL_NEO4J_PASSWORD: PASSWORD };
    expect(await refusal(ASK, over)).toMatch(/first password changed; .* TENDRIL_NEO4J_PASSWORD/);
  });

  test('for an address that is that of no store at all, or has a password in it, which is usage', async () => {
    const wrong = [testServer().uri.replace('bolt:', 'http:'), `bolt://me:${WRONG}@127.0.0.1:7687`];
    const outcomes = await Promise.all(wrong.map((address) => run(ASK, { TENDRIL_STORE: address })));
    for (const { code, err } of outcomes) {
      expect({ code, one: isOneSentence(err) }).toEqual({ code: 2, one: true });
      expect(err).toContain('TENDRIL_STORE');
    }
  });
});

describe('a database that is not ours alone', () => {
  /** Alone on the server, which is empty before and after. */
  async function alone(work: () => Promise<void>): Promise<void> {
    const endTurn = await takeTurn();
    try {
      await wipe();
      await work();
    } finally {
      await wipe();
      endTurn();
    }
  }

  test('is refused where another program has filled it, by whoever opens it first, and left as it was', async () => {
    await alone(async () => {
      await byHand(`CREATE (:Entity {name: 'theirs'})`);
      const sentences = await refusals([
        [['serve'], {}],
        [['import', demoFiles()[0]!], {}],
        [['doctor', '--json'], {}],
      ]);
      for (const sentence of sentences) {
        expect(sentence).toMatch(/nodes of another program \(Entity\); set TENDRIL_NEO4J_DATABASE/);
      }
      const left = 'MATCH (n) WHERE NOT n:TendrilSchema RETURN properties(n) AS node';
      expect(await byHand(left)).toEqual([{ node: { name: 'theirs' } }]);
    });
  });

  test('is told by the doctor where another program comes later, and refused where a newer Tendril has been', async () => {
    await alone(async () => {
      expect((await run(['doctor'], {})).out).toContain('The store is empty');
      await byHand(`CREATE (:Entity {name: 'theirs'})`);
      const { code, out } = await run(['doctor', '--json'], {});
      const { problems } = JSON.parse(out) as { problems: string[] };
      expect({ code, first: problems[0] }).toEqual({
        code: 1,
        first: expect.stringMatching(/^Another program has put 1 node .* take it out/),
      });
      const [before] = await byHand('MATCH (s:TendrilSchema) RETURN s.version AS version');
      await byHand('MATCH (s:TendrilSchema) SET s.version = 99');
      try {
        const sentences = await refusals([
          [['serve'], {}],
          [['doctor', '--json'], {}],
        ]);
        for (const sentence of sentences) expect(sentence).toMatch(/newer Tendril .* TENDRIL_STORE/);
      } finally {
        await byHand('MATCH (s:TendrilSchema) SET s.version = toInteger($version)', before);
      }
    });
  });
});
