import { describe, expect, test } from '@jest/globals';
import { convertEntraUsers } from '../../../src/sources/entra/convert-users.js';
import { expectSound } from '../invariants.js';

/** As Microsoft Graph's `/users` answers, with the properties selected. */
const user = (id: string, upn: string, more: object = {}) => ({
  id,
  displayName: 'Ada Hale',
  userPrincipalName: upn,
  mail: upn,
  userType: 'Member',
  accountEnabled: true,
  createdDateTime: '2024-06-05T15:49:37Z',
  ...more,
});
const page = (value: object[], more: object = {}) =>
  JSON.stringify({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', ...more, value });

const OPTIONS = { source: 'entra:acme', syncedAt: '2026-11-23T09:00:00.000Z' };
const convert = (text: string) => convertEntraUsers('users.json', text, OPTIONS);
const next = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=x' };

describe("a list of Entra's users", () => {
  test('becomes accounts, and a guest is found by the address that they have elsewhere', async () => {
    const guest = user('id-2', 'eve_x.example#EXT#@acme.onmicrosoft.example', {
      userType: 'Guest',
      mail: 'eve@x.example',
    });
    const last = user('id-3', 'bob@acme.example', {
      accountEnabled: false,
      mail: null,
      onPremisesSyncEnabled: true,
    });
    const { document } = await convert(page([user('id-1', 'ada@acme.example'), guest], next) + page([last]));
    expect(document.entities.map(({ id, status }) => [id, status])).toEqual([
      ['entra:acme/user/id-1', 'ACTIVE'],
      ['entra:acme/user/id-2', 'ACTIVE'],
      ['entra:acme/user/id-3', 'DISABLED'],
    ]);
    expect(document.entities[2]?.attributes).toEqual({ userType: 'Member', onPremisesSyncEnabled: true });
    expect(document.relationships.map(({ from }) => from)).toEqual([
      { humanEmail: 'ada@acme.example' },
      { humanEmail: 'bob@acme.example' },
      { humanEmail: 'eve@x.example' },
    ]);
    expectSound(document);
  });

  test('may be the CSV of the admin centre', async () => {
    const { document } = await convert(
      'userPrincipalName,displayName,objectId,userType,accountEnabled,createdDateTime\nada@acme.example,Ada,id-1,Member,True,2024-06-05T15:49:37Z\n',
    );
    expect(document.entities).toEqual([
      expect.objectContaining({ id: 'entra:acme/user/id-1', status: 'ACTIVE' }),
    ]);
  });

  test.each([
    [
      'without accountEnabled, which Graph leaves out unless asked',
      page([{ id: '1', userPrincipalName: 'a' }]),
      'NO_COLUMN',
      '$select=',
    ],
    ['whose last page names a next one', page([user('1', 'a@x.example')], next), 'NOT_WHOLE', 'all pages'],
    [
      'of which one item does not say it',
      page([user('1', 'a@x.example'), { id: '2', userPrincipalName: 'b' }]),
      'NO_STATUS',
      'enabled',
    ],
  ])('%s is refused', async (_, text, rule, words) => {
    await expect(convert(text)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { problems: [expect.objectContaining({ rule, message: expect.stringContaining(words) })] },
    });
  });
});
