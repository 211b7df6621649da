import { describe, expect, test } from '@jest/globals';
import { document, importDocuments, importText, problemsOf, withStore } from './support.js';

describe('a refusal', () => {
  test('lists every problem of a header at once', async () => {
    const header = {
      source: { id: 'tendril/mine', syncedAt: '2031-01-01', reports: ['Robot'] },
      mode: 'whole',
      couldNotRead: [{ kinds: ['Robot'], because: 'it was refused' }],
    };
    const problems = await withStore((store) =>
      problemsOf(importDocuments(store, [{ ...header, entities: [] }])),
    );
    expect(problems.map(({ field, rule }) => `${field} ${rule}`).sort()).toEqual([
      'couldNotRead.0.kinds.0 UNKNOWN_KIND',
      'mode BAD_PROPERTY',
      'source.id BAD_ID',
      'source.reports.0 UNKNOWN_KIND',
      'source.syncedAt BAD_TIME',
    ]);
  });

  test('says which source has an id', async () => {
    await withStore(async (store) => {
      await importDocuments(store, [document('it', 1, [{ kind: 'Account', id: 'it/ada' }])]);
      const [taken] = await problemsOf(
        importDocuments(store, [document('new', 2, [{ kind: 'Account', id: 'it/ada' }])]),
      );
      expect(taken).toMatchObject({ rule: 'ID_OWNED_ELSEWHERE', message: expect.stringContaining('"it"') });
      const both = ['one', 'two'].map((id) => document(id, 2, [{ kind: 'Account', id: 'same' }]));
      const [twice] = await problemsOf(importDocuments(store, both));
      expect(twice?.message).toContain('"one"');
    });
  });

  test.each([
    ['aws-iam FILE', '{"UserDetailList": [{"UserName": "ada"}], "RoleDetailList": []}'],
    ['github FOLDER', '[{"login": "ada", "id": 1, "node_id": "x"}]'],
    ['github FOLDER', '[[{"full_name": "acme/web", "node_id": "x"}]]'],
    ['okta-users FILE', '[{"id": "1", "profile": {}, "credentials": {}}]'],
    ['entra-users FILE', '{"value": [{"userPrincipalName": "ada@acme.example"}]}'],
    ['gam-users FILE', 'primaryEmail,suspended\nada@acme.example,False\n'],
    ['gam-tokens FILE', 'user,clientId,displayText,scopes\nada@acme.example,1,x,y\n'],
    ['aws-iam DETAILS --credential-report FILE', 'user,arn,user_creation_time\nada,x,y\n'],
    ['hr-csv FILE', 'Name;E-Mail;Last day\nAda;ada@acme.example;2026-01-01\n'],
  ])('names the command for what another tool wrote: convert %s', async (command, text) => {
    const problems = await withStore((store) => problemsOf(importText(store, [text])));
    expect(problems).toMatchObject([
      { rule: 'BAD_JSON', message: expect.stringContaining(`convert ${command}`) },
    ]);
    expect(problems[0]?.message).not.toContain('ada');
  });
});
