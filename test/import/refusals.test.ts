import { describe, expect, test } from '@jest/globals';
import { MAX_LINE_BYTES } from '../../src/import/base/limits.js';
import { IMPORT_RULES } from '../../src/import/index.js';
import type { Store } from '../../src/store/store.js';
import {
  type Draft,
  dayOf,
  document,
  exported,
  importDocuments,
  importText,
  NOW,
  ndjson,
  problemsOf,
  withStore,
} from './support.js';

/** Put together here, so that no text in this file is a credential. */
const PLANTED = ['ghp', 'a1B2c3'.repeat(6)].join('_');

/** What the store knows before each refused import. */
const BEFORE = [
  document('hr', 1, [
    { kind: 'Human', id: 'hr/ada', email: 'ada@acme.example' },
    { kind: 'Human', id: 'hr/bob', email: 'same@acme.example' },
    { kind: 'Human', id: 'hr/cy', email: 'SAME@acme.example', status: 'LEFT' },
  ]),
  document(
    'it',
    1,
    [
      { kind: 'Account', id: 'it/ada' },
      { kind: 'Account', id: 'it/bob' },
      { kind: 'App', id: 'it/app' },
      { kind: 'App', id: 'it/app2' },
      { kind: 'Grant', id: 'it/grant' },
      { kind: 'Token', id: 'it/t1' },
      { kind: 'Token', id: 'it/t2' },
      { kind: 'Resource', id: 'it/r1' },
      { kind: 'Resource', id: 'it/r2' },
    ],
    [
      { type: 'GRANTED', from: 'it/ada', to: 'it/grant' },
      { type: 'TO_APP', from: 'it/grant', to: 'it/app' },
      { type: 'DELEGATED_TO', from: 'it/t1', to: 'it/t2' },
      { type: 'CONTAINS', from: 'it/r1', to: 'it/r2' },
    ],
  ),
];

const delta = (entities: readonly unknown[], relationships: readonly unknown[] = []): Draft => ({
  source: { id: 'it', syncedAt: dayOf(9) },
  mode: 'delta',
  entities,
  relationships,
});

const good = { kind: 'Account', id: 'it/new' };
const account = (more: Record<string, unknown>) => ({ kind: 'Account', id: 'it/new', ...more });

const leaver = (lastWorkingDay: unknown) => ({ kind: 'Human', id: 'it/new', lastWorkingDay });
/** A source read at a moment. */
const read = (at: number) => ({
  source: { id: 'it', syncedAt: new Date(at).toISOString() },
  mode: 'delta',
  entities: [good],
});

/** Rule, row, field, and the document (or several, or NDJSON) that breaks it. */
type Case = readonly [rule: string, row: string, field: string, what: unknown];

const CASES: readonly Case[] = [
  ['UNKNOWN_KIND', 'entities[1]', 'kind', delta([good, { kind: 'Robot', id: 'x' }])],
  ['UNKNOWN_KIND', 'entities[0]', 'kind', delta([{ id: 'x' }])],
  [
    'UNKNOWN_KIND',
    'source',
    'source.reports.0',
    { source: { id: 'it', syncedAt: dayOf(9), reports: ['Robot'] }, mode: 'full' },
  ],
  ['UNKNOWN_TYPE', 'relationships[0]', 'type', delta([], [{ type: 'LIKES', from: 'it/ada', to: 'it/bob' }])],
  [
    'WRONG_PAIR',
    'relationships[0]',
    'type',
    delta([], [{ type: 'MEMBER_OF', from: 'it/ada', to: 'it/app' }]),
  ],
  ['DANGLING_END', 'relationships[0]', 'to', delta([], [{ type: 'OWNS', from: 'it/ada', to: 'it/nobody' }])],
  [
    'DANGLING_END',
    'relationships[0]',
    'from',
    delta([], [{ type: 'HAS_ACCOUNT', from: { humanEmail: 'no@acme.example' }, to: 'it/ada' }]),
  ],
  [
    'DANGLING_END',
    'relationships[0]',
    'from',
    delta([], [{ type: 'HAS_ACCOUNT', from: { humanEmail: 'Same@acme.example' }, to: 'it/ada' }]),
  ],
  ['DUPLICATE_ID', 'entities[1]', 'id', delta([good, good])],
  [
    'DUPLICATE_EMAIL',
    'entities[1]',
    'email',
    delta([
      { kind: 'Human', id: 'it/h', email: 'two@acme.example' },
      { kind: 'Human', id: 'it/i', email: 'TWO@acme.example' },
    ]),
  ],
  ['BAD_ID', 'entities[0]', 'id', delta([{ kind: 'Account', id: '' }])],
  ['BAD_ID', 'entities[0]', 'id', delta([{ kind: 'Account', id: 'x'.repeat(513) }])],
  ['BAD_ID', 'entities[0]', 'id', delta([{ kind: 'Account', id: 'line\nbreak' }])],
  ['BAD_ID', 'entities[0]', 'id', delta([{ kind: 'Account', id: 'tendril/account/1' }])],
  [
    'BAD_ID',
    'source',
    'source.id',
    { source: { id: 'tendril/hr', syncedAt: dayOf(9) }, mode: 'full', entities: [good] },
  ],
  ['BAD_ID', 'relationships[0]', 'from', delta([], [{ type: 'OWNS', from: 7, to: 'it/app' }])],
  ['BAD_ID', 'entities[0]', 'id', delta([{ kind: 'Account', id: 'tendril/1', status: 'GONE' }])],
  ['BAD_STATUS', 'entities[0]', 'status', delta([account({ status: 'GONE' })])],
  ['BAD_STATUS', 'entities[0]', 'status', delta([{ kind: 'Token', id: 'it/new', status: 'EXPIRED' }])],
  ['BAD_PROPERTY', 'entities[0]', 'email', delta([account({ email: 'a@b.example' })])],
  ['BAD_PROPERTY', 'entities[0]', 'managed', delta([account({ managed: 'yes' })])],
  [
    'BAD_PROPERTY',
    'relationships[0]',
    'permission',
    delta([], [{ type: 'OWNS', from: 'it/ada', to: 'it/app', permission: 'READ' }]),
  ],
  ['BAD_PROPERTY', 'entities[0]', 'ended', document('it', 9, [account({ ended: true }) as never])],
  ['BAD_TIME', 'entities[0]', 'createdAt', delta([account({ createdAt: 'yesterday' })])],
  ['BAD_TIME', 'entities[0]', 'createdAt', delta([account({ createdAt: '2026-02-30' })])],
  [
    'BAD_TIME',
    'relationships[0]',
    'startedAt',
    delta([], [{ type: 'OWNS', from: 'it/ada', to: 'it/app', startedAt: 'now' }]),
  ],
  ['BAD_TIME', 'source', 'source.syncedAt', { source: { id: 'it', syncedAt: 'today' }, mode: 'full' }],
  ['BAD_TIME', 'source', 'source.syncedAt', read(NOW + 301_000)],
  ['BAD_TIME', 'entities[0]', 'lastWorkingDay', delta([leaver('soon')])],
  ['BAD_TIME', 'entities[0]', 'lastWorkingDay', delta([leaver(20261127)])],
  ['BAD_TIME', 'entities[0]', 'lastWorkingDay', delta([leaver('2026-11-31')])],
  ['BAD_PROPERTY', 'entities[0]', 'attributes.size', delta([account({ attributes: { size: 2 ** 53 } })])],
  [
    'BAD_PROPERTY',
    'entities[0]',
    'attributes.size',
    delta([account({ status: 'GONE', attributes: { size: 2 ** 53 } })]),
  ],
  ['BAD_ID', 'source', 'source.id', document('x'.repeat(244), 9, [good as never])],
  ['BAD_ID', 'source', 'source.id', document('é'.repeat(41), 9, [good as never])],
  ['EMPTY_SOURCE', 'source', 'source.id', { source: { id: '', syncedAt: dayOf(9) }, mode: 'full' }],
  ['EMPTY_SOURCE', 'source', 'entities', document('nothing', 9, [])],
  ['BAD_TEXT', 'entities[0]', 'name', delta([account({ name: 'nul \0 nul' })])],
  ['BAD_TEXT', 'entities[0]', 'attributes.note', delta([account({ attributes: { note: '\ud800' } })])],
  [
    'BAD_TEXT',
    'line 2',
    'name',
    '{"source":{"id":"it","syncedAt":"2026-05-09"},"mode":"delta"}\n{"entity":{"kind":"Account","id":"it/new","name":"\\uD83D"}}\n',
  ],
  [
    'BAD_TEXT',
    'line 2',
    '',
    Buffer.concat([Buffer.from(ndjson(delta([]))), Buffer.from([0x22, 0xff, 0x22, 0x0a])]),
  ],
  ['CREDENTIAL_VALUE', 'entities[0]', 'attributes.note', delta([account({ attributes: { note: PLANTED } })])],
  [
    'CREDENTIAL_VALUE',
    'relationships[0]',
    'evidence',
    delta([], [{ type: 'OWNS', from: 'it/ada', to: 'it/app', evidence: `see ${PLANTED}` }]),
  ],
  ['CREDENTIAL_VALUE', 'relationships[0]', 'to', delta([], [{ type: 'OWNS', from: 'it/ada', to: PLANTED }])],
  ['CREDENTIAL_VALUE', 'entities[0]', 'kind', delta([{ kind: PLANTED, id: 'x' }])],
  [
    'CREDENTIAL_VALUE',
    'source',
    'source.name',
    { source: { id: 'it', syncedAt: dayOf(9), name: PLANTED }, mode: 'full' },
  ],
  ['ID_OWNED_ELSEWHERE', 'entities[0]', 'id', delta([{ kind: 'Human', id: 'hr/ada' }])],
  [
    'ID_OWNED_ELSEWHERE',
    'file2:entities[0]',
    'id',
    [document('a', 9, [{ kind: 'App', id: 'x' }]), document('b', 9, [{ kind: 'App', id: 'x' }])],
  ],
  ['KIND_CHANGED', 'entities[0]', 'kind', delta([{ kind: 'Group', id: 'it/ada' }])],
  ['DUPLICATE_SOURCE', 'file2:source', 'source.id', [delta([good]), delta([])]],
  [
    'GRANT_ENDS',
    'relationships[0]',
    'from',
    delta([], [{ type: 'GRANTED', from: 'it/bob', to: 'it/grant' }]),
  ],
  ['GRANT_ENDS', 'relationships[0]', 'to', delta([], [{ type: 'TO_APP', from: 'it/grant', to: 'it/app2' }])],
  [
    'GRANT_ENDS',
    'relationships[1]',
    'from',
    delta(
      [{ kind: 'Grant', id: 'it/g' }],
      [
        { type: 'GRANTED', from: 'it/ada', to: 'it/g' },
        { type: 'GRANTED', from: 'it/bob', to: 'it/g' },
      ],
    ),
  ],
  [
    'CONSENT_FOR_ALL',
    'relationships[0]',
    'from',
    delta(
      [{ kind: 'Grant', id: 'it/g', consentType: 'ALL_PRINCIPALS' }],
      [{ type: 'GRANTED', from: 'it/ada', to: 'it/g' }],
    ),
  ],
  [
    'CONSENT_FOR_ALL',
    'entities[0]',
    'consentType',
    delta([{ kind: 'Grant', id: 'it/grant', grantType: 'DOMAIN_WIDE' }]),
  ],
  ['CYCLE', 'relationships[0]', 'to', delta([], [{ type: 'DELEGATED_TO', from: 'it/t2', to: 'it/t1' }])],
  [
    'CYCLE',
    'relationships[1]',
    'to',
    delta(
      [{ kind: 'Resource', id: 'it/r3' }],
      [
        { type: 'CONTAINS', from: 'it/r2', to: 'it/r3' },
        { type: 'CONTAINS', from: 'it/r3', to: 'it/r1' },
      ],
    ),
  ],
  ['CYCLE', 'relationships[0]', 'to', delta([], [{ type: 'CONTAINS', from: 'it/r1', to: 'it/r1' }])],
  ['MASS_END', 'source', 'mode', document('it', 9, [{ kind: 'Account', id: 'it/ada' }])],
  ['BAD_JSON', 'line 2', '', `${ndjson(delta([good]))}`.replace('{"entity"', '{entity')],
  ['BAD_JSON', 'line 3', '', '{\n  "source": { "id": "it" },\n  "mode": full\n}'],
  ['BAD_JSON', 'line 1', '', '{"entity":{"kind":"Account","id":"x"}}\n'],
  ['TOO_LONG', 'line 2', '', `${ndjson(delta([]))}{"entity":{"id":"${'x'.repeat(MAX_LINE_BYTES)}"}}\n`],
];

async function prepared<T>(work: (store: Store) => Promise<T>): Promise<T> {
  return withStore(async (store) => {
    for (const one of BEFORE) await importDocuments(store, [one]);
    return work(store);
  });
}

function attempt(store: Store, what: unknown): Promise<unknown> {
  if (typeof what === 'string' || Buffer.isBuffer(what)) return importText(store, [what]);
  return importDocuments(store, Array.isArray(what) ? what : [what]);
}

describe('a refused import', () => {
  test.each(CASES)('%s at %s, %s: names it and writes nothing', async (rule, row, field, what) => {
    await prepared(async (store) => {
      const before = [
        await exported(store),
        await store.head(),
        await store.journal.auditEvents({ limit: 100 }),
      ];
      const problems = await problemsOf(attempt(store, what));
      expect(problems).toContainEqual(expect.objectContaining({ rule, row, field }));
      expect(JSON.stringify(problems)).not.toContain(PLANTED.slice(4));
      expect([
        await exported(store),
        await store.head(),
        await store.journal.auditEvents({ limit: 100 }),
      ]).toEqual(before);
    });
  });

  test('has a case here for every rule', () => {
    expect([...new Set(CASES.map(([rule]) => rule))].sort()).toEqual([...IMPORT_RULES].sort());
  });

  test('lists every problem, in order of file and row', async () => {
    const bad = delta(
      [{ kind: 'Robot', id: 'x' }, account({ status: 'GONE', managed: 1 })],
      [{ type: 'OWNS', from: 'it/ada', to: 'nobody' }],
    );
    await prepared(async (store) => {
      const rows = (await problemsOf(importText(store, [ndjson(bad)]))).map(
        ({ row, field }) => `${row} ${field}`,
      );
      expect(rows).toEqual(['line 2 kind', 'line 3 status', 'line 3 managed', 'line 4 to']);
    });
  });

  test('lists the first 100 and counts the rest', async () => {
    const many = delta(Array.from({ length: 250 }, (_, at) => ({ kind: 'Robot', id: `x${at}` })));
    await prepared(async (store) => {
      await expect(importDocuments(store, [many])).rejects.toMatchObject({ details: { problemCount: 250 } });
      const problems = await problemsOf(importDocuments(store, [many]));
      expect(problems).toHaveLength(100);
      expect(problems[99]?.row).toBe('entities[99]');
    });
  });

  test('says what is allowed', async () => {
    await prepared(async (store) => {
      const wrong = delta([], [{ type: 'MEMBER_OF', from: 'it/ada', to: 'it/app' }]);
      const [problem] = await problemsOf(importDocuments(store, [wrong]));
      expect(problem?.message).toContain('Account, ServiceIdentity, Group → Group');
    });
  });

  test('says that a file is empty, rather than where it is no JSON', async () => {
    await withStore(async (store) => {
      for (const text of ['', ' \n\n']) {
        const [problem] = await problemsOf(importText(store, [text]));
        expect(problem).toMatchObject({ row: 'line 1', rule: 'BAD_JSON' });
        expect(problem?.message).toMatch(/^The file is empty: /);
      }
    });
  });

  test('says the column where JSON ends to be JSON, and nothing of what was there', async () => {
    await prepared(async (store) => {
      const text = `${ndjson(delta([]))}{"entity":{"id":${PLANTED}}}\n`;
      const [problem] = await problemsOf(importText(store, [text]));
      expect(problem).toMatchObject({ row: 'line 2', rule: 'BAD_JSON' });
      expect(problem?.message).toContain('column 17');
    });
  });
});

describe('JSON that nests deeper than the stack', () => {
  const deep = (text: string) => text.replace('"DEEP"', `${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  const object = (text: string) =>
    text.replace('"DEEP"', `${'{"a":'.repeat(120_000)}1${'}'.repeat(120_000)}`);

  test.each([
    ['kind', 'UNKNOWN_KIND', 'a list', deep('{"entity":{"kind":"DEEP","id":"x"}}')],
    ['name', 'BAD_PROPERTY', 'a list', deep('{"entity":{"kind":"App","id":"x","name":"DEEP"}}')],
    ['name', 'BAD_PROPERTY', 'an object', object('{"entity":{"kind":"App","id":"x","name":"DEEP"}}')],
    [
      'attributes',
      'BAD_PROPERTY',
      'deep',
      deep('{"entity":{"kind":"App","id":"x","attributes":{"a":"DEEP"}}}'),
    ],
    ['from', 'BAD_ID', 'id', deep('{"relationship":{"type":"OWNS","from":"DEEP","to":"it/app"}}')],
    [
      'to',
      'BAD_ID',
      'id',
      object('{"relationship":{"type":"OWNS","from":"it/ada","to":{"humanEmail":"DEEP"}}}'),
    ],
    [
      'type',
      'UNKNOWN_TYPE',
      'a list',
      deep('{"relationship":{"type":"DEEP","from":"it/ada","to":"it/app"}}'),
    ],
  ])('as %s is refused as %s, which says %s', async (field, rule, says, line) => {
    await prepared(async (store) => {
      const [problem] = await problemsOf(importText(store, [`${ndjson(delta([]))}${line}\n`]));
      expect(problem).toMatchObject({ row: 'line 2', field, rule });
      expect(problem?.message).toContain(says);
    });
  });

  test('is refused in the header', async () => {
    await prepared(async (store) => {
      const header = deep('{"source":{"id":"DEEP","syncedAt":"2026-05-09"},"mode":"delta"}');
      expect(await problemsOf(importText(store, [`${header}\n`]))).toMatchObject([{ field: 'source.id' }]);
    });
  });
});

describe('what is not refused', () => {
  test('a source whose clock is a little ahead, with an id as long as the name of a file allows', async () => {
    await prepared(async (store) => {
      expect((await importDocuments(store, [read(NOW + 299_000)])).created).toBe(1);
      expect(
        (await importDocuments(store, [document('x'.repeat(243), 9, [{ kind: 'App', id: 'y' }])])).created,
      ).toBe(1);
    });
  });

  test.each(['2026-11-27', '2026-11-27T17:00+01:00'])(
    'a last working day %s, kept as written',
    async (day) => {
      await prepared(async (store) => {
        await importDocuments(store, [delta([leaver(day)])]);
        const [human] = await store.entities(['it/new'], Number.MAX_SAFE_INTEGER);
        expect(human?.properties.lastWorkingDay).toBe(day);
      });
    },
  );

  test('a full snapshot that ends more than half, when forced', async () => {
    await prepared(async (store) => {
      const little = document('it', 9, [{ kind: 'Account', id: 'it/ada' }]);
      expect((await importDocuments(store, [little], { force: true })).ended).toBeGreaterThan(4);
    });
  });

  test('dangling ends, when they are skipped, each listed', async () => {
    await prepared(async (store) => {
      const half = delta(
        [good],
        [
          { type: 'OWNS', from: 'it/new', to: 'it/app' },
          { type: 'OWNS', from: 'it/new', to: 'nobody' },
        ],
      );
      const result = await importDocuments(store, [half], { dangling: 'skip' });
      expect(result).toMatchObject({
        created: 2,
        skipped: [{ row: 'relationships[1]', field: 'to', rule: 'DANGLING_END' }],
      });
    });
  });

  test('a cycle or a second consent whose older part ends in the same import', async () => {
    await prepared(async (store) => {
      const moved = delta(
        [],
        [
          { type: 'CONTAINS', from: 'it/r1', to: 'it/r2', ended: true },
          { type: 'CONTAINS', from: 'it/r2', to: 'it/r1' },
          { type: 'GRANTED', from: 'it/bob', to: 'it/grant' },
          { type: 'GRANTED', from: 'it/ada', to: 'it/grant', ended: true },
        ],
      );
      expect(await importDocuments(store, [moved])).toMatchObject({ created: 2, ended: 2 });
    });
  });

  test('files that refer to each other', async () => {
    await withStore(async (store) => {
      const logins = document(
        'it',
        1,
        [{ kind: 'Account', id: 'a' }],
        [{ type: 'HAS_ACCOUNT', from: { humanEmail: 'ADA@acme.example' }, to: 'a' }],
      );
      const people = document('hr', 1, [{ kind: 'Human', id: 'h', email: 'ada@acme.example' }]);
      expect(await importDocuments(store, [logins, people])).toMatchObject({ created: 3, revision: 1 });
    });
  });
});
