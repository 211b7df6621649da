import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, allow, arn, convert, deny, document, group, id, role, user } from './made-up.js';

const assume = (name: string) => [`CAN_ASSUME role/${name}`];

describe('who may assume a role', () => {
  test('a principal that the trust policy names needs nothing else, unless its own policies deny it', async () => {
    const { says, evidence } = await convert({
      users: [user('named'), user('denied', [deny('sts:*')]), user('other')],
      roles: [
        role('ops', { AWS: [arn('user/named'), arn('user/denied')] }),
        role('next', { AWS: arn('role/ops') }),
      ],
    });
    expect(says('user/named')).toEqual(assume('ops'));
    expect(says('user/denied')).toEqual([]);
    expect(says('user/other')).toEqual([]);
    expect(says('role/ops')).toEqual(assume('next'));
    expect(evidence('user/named', 'role/ops')).toContain('trust policy, statement 1 of role ops');
  });

  test.each([arn('root'), ACCOUNT])(
    'the account (%s) means those whose own policies allow it',
    async (root) => {
      const { says } = await convert({
        groups: [group('team', [allow('sts:AssumeRole', arn('role/ops'))])],
        users: [
          user('may', [allow('sts:AssumeRole', arn('role/o*'))]),
          user('elsewhere', [allow('sts:AssumeRole', arn('role/x'))]),
          user('nothing'),
          user('member', [], { GroupList: ['team'] }),
          user('refused', [allow('sts:*'), deny('sts:AssumeRole', arn('role/ops'))]),
        ],
        roles: [role('ops', { AWS: root })],
      });
      expect(says('user/may', 'role/ops')).toEqual(assume('ops'));
      for (const name of ['elsewhere', 'nothing', 'refused'])
        expect(says(`user/${name}`, 'role/ops')).toEqual([]);
      // The group has it; saying it again for the member would outlive the membership.
      expect(says('group/team', 'role/ops')).toEqual(assume('ops'));
      expect(says('user/member')).toEqual(['MEMBER_OF group/team']);
    },
  );

  test('permission to assume without trust is nothing', async () => {
    const { says } = await convert({
      users: [user('ada', [allow('sts:AssumeRole')])],
      roles: [role('lambda', { Service: 'lambda.amazonaws.com' })],
    });
    expect(says('user/ada', 'role/lambda')).toEqual([]);
  });

  test('services are an attribute of the role, and no entity', async () => {
    const { entity, snapshot } = await convert({
      roles: [role('fn', { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] })],
    });
    expect(entity('role/fn')?.attributes).toMatchObject({
      trustedServices: ['ec2.amazonaws.com', 'lambda.amazonaws.com'],
    });
    expect(snapshot.entities.map((one) => one.id)).toEqual([id('account'), id('role/fn')]);
  });

  test('a session stands for its role, and that is said', async () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/sso/ada`;
    const { says, wide } = await convert({
      roles: [
        role('sso', { Service: 'sso.amazonaws.com' }, [], { Arn: arn('role/aws-reserved/sso') }),
        role('ops', { AWS: session }),
      ],
    });
    expect(says('role/aws-reserved/sso')).toEqual(assume('ops'));
    expect(wide.join('\n')).toContain('Sessions named ada of role sso');
  });

  test('another account is an Account that is not managed', async () => {
    const { says, entity } = await convert({
      roles: [role('vendor', { AWS: 'arn:aws:iam::999999999999:root' })],
    });
    const external = 'external/arn:aws:iam::999999999999:root';
    expect(entity(external)).toMatchObject({ kind: 'Account', managed: false });
    expect(says(external)).toEqual(assume('vendor'));
  });

  test('a principal that is not in the input is said', async () => {
    const { wide } = await convert({ roles: [role('ops', { AWS: arn('user/gone') })] });
    expect(wide.join('\n')).toContain(`Role ops trusts ${arn('user/gone')}, which is not in the input`);
  });
});

describe("GitHub's OpenID Connect", () => {
  const provider = arn('oidc-provider/token.actions.githubusercontent.com');
  const trusting = (condition?: unknown) =>
    role('deploy', {}, [], {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        ...(condition ? { Condition: condition } : {}),
      }),
    });

  test('the repository that the condition names can assume the role, for who can write to it', async () => {
    const subject = {
      'token.actions.githubusercontent.com:sub': ['repo:acme/web:ref:refs/heads/main', 'repo:acme/web:*'],
    };
    const { entity, snapshot } = await convert({ roles: [trusting({ StringLike: subject })] });
    const repository = 'oidc/token.actions.githubusercontent.com/acme/web';
    expect(entity(repository)).toMatchObject({
      kind: 'Resource',
      resourceType: 'repository',
      externalId: 'acme/web',
    });
    expect(snapshot.relationships.filter((one) => one.from === id(repository))).toMatchObject([
      { type: 'CAN_ASSUME', to: id('role/deploy'), needs: 'WRITE' },
    ]);
  });

  test('without one, who comes in is unknown', async () => {
    const { entity, missing } = await convert({ roles: [trusting()] });
    expect(entity('role/deploy')?.attributes).toMatchObject({ trustedProviders: [provider] });
    expect(missing.join('\n')).toContain(`Who comes in through identity provider ${provider}`);
  });
});
