import { afterEach, describe, expect, test } from '@jest/globals';
import { at, TestService } from '../service.js';

let service: TestService;
afterEach(() => service.stop());

const AT = '2026-01-01T00:00:00.000Z';

/** Ada lets an app act for her with scopes, at a vendor; `reaches`: what the source says of it. */
function documents(scopes: readonly string[], vendor: string, reaches: readonly unknown[] = []) {
  return [
    {
      source: { id: 'it', vendor, name: 'It', syncedAt: AT },
      mode: 'full',
      entities: [
        { kind: 'Human', id: 'it/ada', name: 'Ada', email: 'ada@acme.example' },
        { kind: 'Account', id: 'it/user', name: 'ada' },
        { kind: 'App', id: 'it/app', name: 'Sync' },
        { kind: 'Grant', id: 'it/grant', name: 'consent', scopes, grantType: 'DELEGATED' },
        { kind: 'Token', id: 'it/token', name: 'refresh', tokenType: 'REFRESH', scopes },
        { kind: 'Resource', id: 'it/box', name: 'box' },
      ],
      relationships: [
        { type: 'HAS_ACCOUNT', from: 'it/ada', to: 'it/user' },
        { type: 'GRANTED', from: 'it/user', to: 'it/grant' },
        { type: 'TO_APP', from: 'it/grant', to: 'it/app' },
        { type: 'ISSUED', from: 'it/grant', to: 'it/token' },
        ...reaches,
      ],
    },
  ];
}

async function highest(...[scopes, vendor, reaches]: Parameters<typeof documents>) {
  service = await TestService.start({}, documents(scopes, vendor, reaches));
  const data = await service.data('{ blastRadius(human: "it/ada") { summary { highestPermission } } }');
  return at(data, 'blastRadius.summary.highestPermission');
}

describe('what scopes allow', () => {
  test('is said of a grant and of a token, by the vendor of their source', async () => {
    service = await TestService.start({}, documents(['Mail.Read', 'Odd.Thing'], 'entra'));
    const data = await service.data(`{
      grant: entity(id: "it/grant") { ... on Grant { access { scope known permission sensitivity about } } }
      token: entity(id: "it/token") { ... on Token { access { scope known } } }
    }`);
    expect(data).toEqual({
      grant: {
        access: [
          { scope: 'Mail.Read', known: true, permission: 'READ', sensitivity: 'HIGH', about: 'mail' },
          { scope: 'Odd.Thing', known: false, permission: null, sensitivity: null, about: null },
        ],
      },
      token: {
        access: [
          { scope: 'Mail.Read', known: true },
          { scope: 'Odd.Thing', known: false },
        ],
      },
    });
  });

  test('counts for the highest permission where nothing says what they reach', async () => {
    expect(await highest(['https://mail.google.com/'], 'google')).toBe('ADMIN');
  });

  test('of an unknown scope is unknown, and is not counted', async () => {
    expect(await highest(['https://board.example/own'], 'google')).toBe(null);
  });

  test('does not count where the source says what the grant reaches, also not of its token', async () => {
    const access = { type: 'CAN_ACCESS', from: 'it/grant', to: 'it/box', permission: 'READ' };
    expect(await highest(['drive'], 'google', [access])).toBe('READ');
  });

  test('of a token that stands for its account is what the account can do', async () => {
    const reaches = [
      { type: 'ISSUED', from: 'it/user', to: 'it/token' },
      { type: 'CREDENTIAL_OF', from: 'it/token', to: 'it/user' },
      { type: 'CAN_ACCESS', from: 'it/user', to: 'it/box', permission: 'WRITE' },
      { type: 'CAN_ACCESS', from: 'it/grant', to: 'it/box', permission: 'READ' },
    ];
    expect(await highest(['repo'], 'github', reaches)).toBe('WRITE');
  });
});
