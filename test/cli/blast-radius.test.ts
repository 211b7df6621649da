import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, isOneSentence, outcomeOf, PROGRAM, ROOT } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const TAMSIN = 'tamsin.okoro@fennmarsh.example';

interface Scenario {
  readonly exposure: readonly { id: string; permission?: string; held?: boolean }[];
  readonly notExposed: readonly string[];
  readonly continuity: readonly string[];
  readonly orphans: readonly string[];
  readonly cut: readonly { id: string; foreign: boolean }[];
  readonly conflicts: readonly { id: string; resolution: string; workloads: readonly string[] }[];
}

interface Row {
  readonly entity: { readonly id: string };
  readonly [field: string]: unknown;
}

type Answer = Readonly<
  Record<'exposure' | 'continuity' | 'orphans' | 'cut' | 'conflicts', readonly Row[]>
> & {
  readonly [field: string]: unknown;
};

const scenario = JSON.parse(readFileSync(join(ROOT, 'test/scenarios/demo/tamsin.json'), 'utf8')) as Scenario;

const ids = (rows: readonly Row[]) => rows.map(({ entity }) => entity.id).sort();

describe('blast-radius --json', () => {
  let answer: Answer;
  beforeAll(async () => {
    answer = await bench.json<Answer>('blast-radius', TAMSIN);
  });

  test('gives every set whole, as plain arrays, with what GraphQL says of each member', () => {
    const reached = new Map(answer.exposure.map((row) => [row.entity.id, row]));
    for (const { id, permission, held } of scenario.exposure) {
      expect({ id, ...reached.get(id) }).toMatchObject({
        id,
        permission: permission ?? null,
        held: held ?? null,
        path: expect.any(Array),
      });
    }
    for (const id of scenario.notExposed) expect(reached.has(id)).toBe(false);
    expect(ids(answer.continuity)).toEqual([...scenario.continuity].sort());
    expect(ids(answer.orphans)).toEqual([...scenario.orphans].sort());
    expect(ids(answer.cut)).toEqual(scenario.cut.map(({ id }) => id).sort());
    expect(answer.cut.filter((row) => row.foreign).length).toBe(4);
    expect(ids(answer.conflicts)).toEqual(scenario.conflicts.map(({ id }) => id).sort());
  });

  test('says what it speaks of, and what it does not know', () => {
    expect(answer).toMatchObject({
      start: { id: 'hr:fennmarsh/person/tamsin.okoro', kind: 'HUMAN', email: TAMSIN },
      asOf: '2026-11-23T09:00:00.000Z',
      revision: '1',
      complete: true,
      blindSpots: [{ account: { id: 'google:fennmarsh/user/tamsin.okoro' }, missing: ['Token'] }],
      summary: { highestPermission: 'ADMIN' },
    });
    expect(answer.coverage).toHaveLength(6);
  });

  test('an account is asked about by its id, and the past by --as-of', async () => {
    const account = 'github:fennmarsh/user/tamsin-okoro';
    const asked = await bench.json<Answer>('blast-radius', account, '--as-of', '2026-11-23T09:00:00Z');
    expect(asked).toMatchObject({ start: { id: account, kind: 'ACCOUNT' }, human: null });
    const before = await bench.run('blast-radius', TAMSIN, '--as-of', '2026-11-22', '--json');
    expect(before.code).toBe(1);
    expect(JSON.parse(before.out)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('blast-radius for people', () => {
  let lines: string[];
  let all: string;
  beforeAll(async () => {
    const few = await bench.run('blast-radius', TAMSIN);
    expect({ code: few.code, err: few.err }).toEqual({ code: 0, err: '' });
    lines = few.out.split('\n');
    all = (await bench.run('blast-radius', TAMSIN, '--all')).out;
  });

  test('begins with who, when, whether it is whole, and what nobody knows', () => {
    expect(lines.slice(0, 6)).toEqual([
      'Tamsin Okoro [human]  hr:fennmarsh/person/tamsin.okoro',
      'tamsin.okoro@fennmarsh.example · last working day 2026-11-27',
      'As of 2026-11-23T09:00:00.000Z, revision 1. Complete: nothing that the sources report was left out.',
      '',
      '! Blind spot: google:fennmarsh does not say that it looks for Token, so what ' +
        'google:fennmarsh/user/tamsin.okoro left there is unknown, not absent.',
      '! Stale: aws:fennmarsh was last read 2026-11-18T00:00:00.000Z, 5 days before; what changed there since ' +
        'is not in this answer.',
    ]);
  });

  test('counts, then the worst, then the sets', () => {
    const order = [
      /^66 {2}exposure /,
      /^ 6 {2}continuity /,
      /^ 9 {2}orphans /,
      /^17 {2}cut .*, 4 of them somebody else's$/,
      /^10 {2}conflicts /,
      /^Highest permission: ADMIN$/,
      /^Resources by sensitivity: CRITICAL 2 · HIGH 7 · MEDIUM 7 · LOW 1$/,
      /^Exposure by kind: Account 6 · /,
      /^MOST DANGEROUS$/,
      /^CRITICAL +ADMIN +5 +Account production +aws:fennmarsh\/account\/production$/,
      /^CAN STILL USE \(66\)/,
      /^… and \d+ more \(--all\)$/,
      /^STOPS WORKING \(6\)/,
      /^NOBODY ANSWERS FOR \(9\)/,
      /^HAS TO END \(17\)/,
      /^CONFLICTS \(10\)/,
    ].map((line) => lines.findIndex((text) => line.test(text)));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('explains the most dangerous thing first, step by step, and folds what ways have in common', () => {
    const start = lines.findIndex((line) => line.startsWith('CAN STILL USE'));
    expect(lines.slice(start + 1, start + 9)).toEqual([
      'Tamsin Okoro [human]  hr:fennmarsh/person/tamsin.okoro',
      '├─ has account → ● tamsin.okoro [account, held]  aws:fennmarsh/user/tamsin.okoro',
      '│  ├─ member of → ● On-call [team]  aws:fennmarsh/group/on-call',
      '│  │  └─ can read → ● Vault: break-glass administrator [secret]  aws:fennmarsh/secret/break-glass',
      '│  │     └─ credential of → ● Break-glass administrator [emergency user, used]  aws:fennmarsh/identity/break-glass',
      '│  │        └─ can access ADMIN → ● Account production [account, CRITICAL, ADMIN]  aws:fennmarsh/account/production',
      '│  │           └─ contains → ● Database orders [database, CRITICAL, ADMIN]  aws:fennmarsh/database/orders',
      '│  ├─ can access WRITE → ● Bucket reconciliation [bucket, HIGH, WRITE]  aws:fennmarsh/bucket/reconciliation',
    ]);
  });

  test('marks what only explains, what is dead, what is foreign, and who needs it', () => {
    for (const line of [
      '├─ has account → ○ tamsin.okoro [account]  entra:fennmarsh/user/tamsin.okoro',
      '← uses ● Supplier orders [workflow, criticality CRITICAL]  entra:fennmarsh/flow/supplier-orders',
      '● Flowdeck refresh token, first [refresh, REVOKED]  entra:fennmarsh/token/flowdeck-refresh-1',
      "● Carrier key [api key, somebody else's]  aws:fennmarsh/token/carrier-key",
      '● Access key of tamsin.okoro [api key, REHOME]  aws:fennmarsh/token/tamsin-key',
      'needed by: ○ Nightly reconciliation [scheduler, criticality HIGH]  aws:fennmarsh/schedule/nightly-reconcile',
    ]) {
      expect(lines.some((text) => text.endsWith(line))).toBe(true);
    }
  });

  test('--all shows every member of every set', () => {
    expect(all).not.toMatch(/… and \d+ more|more like these/);
    const section = (title: string) => `${all.slice(all.indexOf(`\n${title} (`)).split('\n\n')[0]}\n`;
    const marked = (title: string) => section(title).match(/● .* {2}\S+$/gm)?.length;
    expect(marked('CAN STILL USE')).toBe(66);
    expect(marked('HAS TO END')).toBe(17);
    for (const { id } of scenario.exposure) expect(section('CAN STILL USE')).toContain(`  ${id}\n`);
  });

  test('has no colours where nobody sees them, and nothing is cut', () => {
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(all).not.toContain('…\u0020');
  });

  test('an account, a person with nothing, a thing that nobody is', async () => {
    const account = await bench.run('blast-radius', 'github:fennmarsh/user/tamsin-okoro');
    expect(account.out).toContain('\n● tamsin-okoro [account, held]  github:fennmarsh/user/tamsin-okoro\n');
    for (const [id, sentence] of [
      ['nobody@fennmarsh.example', 'No human has the id or email'],
      ['aws:fennmarsh/account/production', 'Ask about a human or an account'],
    ] as const) {
      const { code, out, err } = await bench.run('blast-radius', id);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(isOneSentence(err)).toBe(true);
      expect(err).toContain(sentence);
    }
  });

  test('a reader that has seen enough is no failure; a full disk is one', async () => {
    const words = [process.execPath, PROGRAM, 'blast-radius', TAMSIN, '--all'];
    const read = (reader: string) =>
      outcomeOf(
        bench.startProgram('sh', ['-c', `{ "$@"; echo "ended $?" >&2; } | ${reader}`, 'sh', ...words]),
      );
    const first = 'Tamsin Okoro [human]  hr:fennmarsh/person/tamsin.okoro\n';
    expect(await read('head -n 1')).toEqual({ code: 0, out: first, err: 'ended 0\n' });
    // This one has gone before the first word is written.
    expect(await read(':')).toEqual({ code: 0, out: '', err: 'ended 0\n' });
    const full = bench.startProgram('sh', ['-c', '"$@" > /dev/full', 'sh', ...words]);
    expect(await outcomeOf(full)).toMatchObject({
      code: 1,
      err: 'The disk is full; make room and try again.\n',
    });
  });
});

describe('a set of many that are alike', () => {
  let many: Bench;
  beforeAll(async () => {
    many = new Bench();
    const repositories = Array.from({ length: 40 }, (_, at) => `git/repo/${at}`);
    const document = {
      source: { id: 'git', syncedAt: '2026-11-23T00:00:00Z' },
      mode: 'full',
      entities: [
        { kind: 'Human', id: 'git/ada', name: 'Ada', email: 'ada@acme.example' },
        { kind: 'Account', id: 'git/user/ada', name: 'ada' },
        ...repositories.map((id) => ({ kind: 'Resource', id, name: id, resourceType: 'repository' })),
        { kind: 'Resource', id: 'git/prod', name: 'Production', sensitivity: 'CRITICAL' },
      ],
      relationships: [
        { type: 'HAS_ACCOUNT', from: 'git/ada', to: 'git/user/ada' },
        { type: 'CAN_ACCESS', from: 'git/user/ada', to: 'git/prod', permission: 'READ' },
        ...repositories.map((to) => ({ type: 'CAN_ACCESS', from: 'git/user/ada', to, permission: 'WRITE' })),
      ],
    };
    const { code, err } = await many.runWith({ stdin: JSON.stringify(document) }, 'import', '-');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
  afterAll(() => many.remove());

  test('shows some and counts the rest where they would be; what differs is shown', async () => {
    const { out } = await many.run('blast-radius', 'ada@acme.example');
    const start = out.indexOf('CAN STILL USE (42)');
    expect(out.slice(start).split('\n').slice(1, 9)).toEqual([
      'Ada [human]  git/ada',
      '└─ has account → ● ada [account, held]  git/user/ada',
      '   ├─ can access READ → ● Production [resource, CRITICAL, READ]  git/prod',
      '   ├─ can access WRITE → ● git/repo/0 [repository, WRITE]  git/repo/0',
      '   ├─ can access WRITE → ● git/repo/1 [repository, WRITE]  git/repo/1',
      '   ├─ can access WRITE → ● git/repo/10 [repository, WRITE]  git/repo/10',
      '   ├─ can access WRITE → ● git/repo/11 [repository, WRITE]  git/repo/11',
      '   └─ can access WRITE → … 36 more like these',
    ]);
    expect(out).not.toContain('(--all)\n\n');
    const all = (await many.run('blast-radius', 'ada@acme.example', '--all')).out;
    expect(all.match(/● git\/repo\/\d+ /g)).toHaveLength(40);
  });
});

describe('the most dangerous, where no resource is rated', () => {
  const ask = async (resources: readonly object[]): Promise<string | undefined> => {
    const unrated = new Bench();
    try {
      const document = {
        source: { id: 'git', syncedAt: '2026-11-23T00:00:00Z' },
        mode: 'full',
        entities: [
          { kind: 'Account', id: 'git/user/ada', name: 'ada' },
          ...resources.map((more, at) => ({ kind: 'Resource', id: `git/${at}`, ...more })),
        ],
        relationships: resources.map((_, at) => {
          return { type: 'CAN_ACCESS', from: 'git/user/ada', to: `git/${at}`, permission: 'READ' };
        }),
      };
      await unrated.runWith({ stdin: JSON.stringify(document) }, 'import', '-');
      const { out } = await unrated.run('blast-radius', 'git/user/ada');
      return out.split('\n').find((line) => line.startsWith('MOST DANGEROUS'));
    } finally {
      unrated.remove();
    }
  };

  test('says so in one line', async () => {
    expect(await ask([{}, {}])).toMatch(/^MOST DANGEROUS {2}no resource in the exposure is rated, so/);
    expect(await ask([{ sensitivity: 'LOW' }, {}])).toMatch(/is rated HIGH or CRITICAL; 1 not rated/);
    expect(await ask([{ sensitivity: 'LOW' }])).toMatch(/is rated HIGH or CRITICAL$/);
    expect(await ask([])).toBeUndefined();
  });
});

describe('paths', () => {
  const ends = [TAMSIN, 'aws:fennmarsh/account/production'] as const;

  test('explains every step, the shortest way first', async () => {
    const { code, out } = await bench.run('paths', ...ends, '--limit', '2');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe(
      '2 ways from Tamsin Okoro (hr:fennmarsh/person/tamsin.okoro) to Account production ' +
        '(aws:fennmarsh/account/production), the shortest first',
    );
    expect(lines.filter((line) => /^\d\. 5 steps$/.test(line))).toEqual(['1. 5 steps', '2. 5 steps']);
    expect(out).toContain(
      '   can assume → Deployer [role]  aws:fennmarsh/role/deployer  (OIDC trust, any branch)',
    );
  });

  test('--json gives what GraphQL gives', async () => {
    const paths = await bench.json<{ length: number; steps: { relationship: { type: string } }[] }[]>(
      'paths',
      ...ends,
    );
    expect(paths.map((path) => path.length)).toEqual([5, 5, 5]);
    expect(paths[0]?.steps.map((step) => step.relationship.type)).toEqual([
      'HAS_ACCOUNT',
      'MEMBER_OF',
      'CAN_READ',
      'CREDENTIAL_OF',
      'CAN_ACCESS',
    ]);
  });

  test('no way is an answer; an end that nobody knows is not', async () => {
    const none = await bench.run(
      'paths',
      'hr:fennmarsh/person/ingrid.solvang',
      'github:fennmarsh/repo/mirror',
    );
    expect(none).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^As far as the sources look, there is no way from Ingrid Solvang/),
    });
    expect(await bench.run('paths', 'nobody', ends[1])).toEqual({
      code: 1,
      out: '',
      err:
        'No entity has the id, and no human the email, "nobody": check it and ask again. ' +
        `This was asked of the store sqlite:${bench.store} (TENDRIL_STORE).\n`,
    });
    const then = await bench.run('paths', ...ends, '--as-of', '2026-11-22');
    expect({ code: then.code, err: then.err }).toEqual({
      code: 1,
      err:
        `No entity had the id, and no human the email, "${TAMSIN}" at 2026-11-22T00:00:00.000Z (the start of that ` +
        'day, in UTC): nothing had been imported by then. Ask about a later time, or leave the time out to ask about now. ' +
        `This was asked of the store sqlite:${bench.store} (TENDRIL_STORE).\n`,
    });
  });
});
