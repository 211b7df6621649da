import { describe, expect, test } from '@jest/globals';
import { convertGam } from '../../../src/sources/google/convert-gam.js';
import { expectSound } from '../invariants.js';

/** As `gam print users allfields` writes it, cut to the columns that are read and some that are not. */
const USERS = `primaryEmail,name.fullName,id,suspended,archived,isAdmin,isDelegatedAdmin,isEnrolledIn2Sv,creationTime,lastLoginTime,orgUnitPath,suspensionReason,emails.0.address
ada@acme.example,Ada Hale,101,False,False,True,False,True,2021-03-01T08:00:00.000Z,2026-11-20T07:12:00.000Z,/Staff,,ada@acme.example
Bob@acme.example,Bob Fox,102,True,False,False,False,False,2021-03-01T08:00:00.000Z,1970-01-01T00:00:00.000Z,/Left,ADMIN,bob@acme.example
kim@acme.example,Kim Lee,103,False,False,False,True,True,2021-03-01T08:00:00.000Z,Never,/Staff,,kim@acme.example`;

/** As `gam all users print tokens` writes it. */
const TOKENS = `user,clientId,displayText,anonymous,nativeApp,userKey,scopes
ada@acme.example,77185425430.apps.googleusercontent.com,Mail Sync,False,True,101,https://mail.google.com/ openid
kim@acme.example,292824132082.apps.googleusercontent.com,Board,False,False,103,https://www.googleapis.com/auth/drive.readonly https://board.example/own
ada@acme.example,,Old Gadget,True,False,101,https://www.googleapis.com/auth/admin.directory.user`;

const OPTIONS = { source: 'google:acme', syncedAt: '2026-11-23T09:00:00.000Z' };
const users = { file: 'users.csv', text: USERS };
const tokens = { file: 'tokens.csv', text: TOKENS };
const of = (id: string) => `google:acme/${id}`;

describe('lists of GAM', () => {
  test('users become accounts, with what says who can sign in', async () => {
    const { document } = await convertGam({ users }, OPTIONS);
    const entity = (id: string) => document.entities.find((one) => one.id === of(id));
    expect(entity('user/ada@acme.example')).toEqual({
      kind: 'Account',
      id: of('user/ada@acme.example'),
      externalId: '101',
      name: 'Ada Hale',
      login: 'ada@acme.example',
      status: 'ACTIVE',
      createdAt: '2021-03-01T08:00:00.000Z',
      lastUsedAt: '2026-11-20T07:12:00.000Z',
      attributes: { suspended: false, archived: false, orgUnit: '/Staff', mfa: true },
    });
    expect(entity('user/bob@acme.example')).toMatchObject({ status: 'DISABLED' });
    expect(entity('user/bob@acme.example')).not.toHaveProperty('lastUsedAt');
    expect(document.relationships).toContainEqual({
      type: 'HAS_ACCOUNT',
      from: { humanEmail: 'bob@acme.example' },
      to: of('user/bob@acme.example'),
    });
    expect(document.relationships).toContainEqual({
      type: 'MEMBER_OF',
      from: of('user/ada@acme.example'),
      to: of('role/super-admin'),
    });
    expectSound(document);
  });

  test('consents become apps, grants and the tokens behind them, with what they are about', async () => {
    const { document } = await convertGam({ users, tokens }, OPTIONS);
    const key = 'ada@acme.example/77185425430.apps.googleusercontent.com';
    const [grant, mail] = [of(`grant/${key}`), of('mail/ada@acme.example')];
    expect(document.entities).toContainEqual(
      expect.objectContaining({ kind: 'Token', id: of(`token/${key}`), tokenType: 'REFRESH', family: grant }),
    );
    expect(document.entities).toContainEqual(
      expect.objectContaining({ kind: 'Resource', id: mail, resourceType: 'mail', sensitivity: 'HIGH' }),
    );
    expect(document.relationships).toContainEqual({
      type: 'CAN_ACCESS',
      from: grant,
      to: mail,
      permission: 'ADMIN',
      scopes: ['https://mail.google.com/'],
      evidence: 'scope https://mail.google.com/',
    });
    const toTenant = document.relationships.find(
      (one) => one.type === 'CAN_ACCESS' && one.from === of('grant/ada@acme.example/anonymous:Old Gadget'),
    );
    expect(toTenant).toMatchObject({ to: of('tenant'), permission: 'ADMIN' });
    expectSound(document);
  });

  test('of somebody suspended it is unknown what was let act, and not none', async () => {
    const { document } = await convertGam({ users, tokens }, OPTIONS);
    expect(document.couldNotRead?.filter(({ account }) => account === of('user/bob@acme.example'))).toEqual([
      expect.objectContaining({ kinds: ['GRANTED', 'Grant', 'ISSUED', 'Token'] }),
    ]);
  });

  test('one list alone leaves what the other says as it was', async () => {
    const kinds = async (lists: Parameters<typeof convertGam>[0]) =>
      (await convertGam(lists, OPTIONS)).document.couldNotRead?.flatMap((one) => one.kinds) ?? [];
    expect(await kinds({ users })).toEqual(expect.arrayContaining(['Grant', 'Token', 'App']));
    expect(await kinds({ tokens })).toEqual(expect.arrayContaining(['Account']));
    expectSound((await convertGam({ tokens }, OPTIONS)).document);
  });

  test('scopes may stand in columns of their own', async () => {
    const text = 'user,clientId,displayText,scopes,scopes.0,scopes.1\na@x.example,c,App,2,openid,email\n';
    const { document } = await convertGam({ tokens: { file: 't.csv', text } }, OPTIONS);
    expect(document.entities.find(({ kind }) => kind === 'Grant')).toMatchObject({
      scopes: ['email', 'openid'],
    });
  });

  test('wrong rows are all listed', async () => {
    const wrong = {
      users: {
        file: 'u.csv',
        text: 'primaryEmail,suspended\nada,False\nb@x.example,perhaps\nc@x.example,True\nC@x.example,True',
      },
      tokens: { file: 't.csv', text: 'user,clientId\n,1\nc@x.example,\nnobody@x.example,1' },
    };
    await expect(convertGam(wrong, OPTIONS)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: {
        problems: [
          expect.objectContaining({ row: 'u.csv:2', rule: 'NO_ID' }),
          expect.objectContaining({ row: 'u.csv:3', rule: 'NOT_A_FLAG' }),
          expect.objectContaining({ row: 'u.csv:5', rule: 'TWICE' }),
        ],
      },
    });
    await expect(convertGam({ tokens: { file: 't.csv', text: 'a,b\n1,2' } }, OPTIONS)).rejects.toMatchObject({
      message: expect.stringContaining('gam all users print tokens'),
    });
  });
});
