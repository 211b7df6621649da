import { describe, expect, test } from '@jest/globals';
import { expectSound } from '../invariants.js';
import { arn, convert, user } from './made-up.js';

const HEADING =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

/** Rows as AWS writes them. */
const ROOT = `<root_account>,${arn('root')},2020-01-01T00:00:00+00:00,not_supported,2026-10-01T08:00:00+00:00,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
const ADA = `ada,${arn('user/ada')},2024-01-02T03:04:05+00:00,true,no_information,2024-01-02T03:04:05+00:00,N/A,false,true,2024-02-01T00:00:00+00:00,2026-10-30T12:00:00+00:00,eu-west-1,s3,false,2023-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,true,2024-01-01T00:00:00+00:00`;
const report = (...rows: string[]) => [HEADING, ...rows].join('\n');

describe('with the credential report', () => {
  test('keys are tokens of their users, and a key that is inactive is dead', async () => {
    const { entity, says, snapshot, missing } = await convert({ users: [user('ada')] }, report(ROOT, ADA));
    expect(entity('user/ada/key-1')).toEqual({
      kind: 'Token',
      id: 'aws:123456789012/user/ada/key-1',
      name: 'access key 1 of ada',
      tokenType: 'API_KEY',
      status: 'ACTIVE',
      createdAt: '2024-02-01T00:00:00.000Z',
      lastUsedAt: '2026-10-30T12:00:00.000Z',
      attributes: { place: 1, lastUsedService: 's3' },
    });
    expect(entity('user/ada/key-2')).toMatchObject({ status: 'REVOKED' });
    expect(entity('user/ada/key-2')).not.toHaveProperty('lastUsedAt');
    expect(says('user/ada')).toContain('ISSUED user/ada/key-1');
    expect(says('user/ada/key-1')).toEqual(['CREDENTIAL_OF user/ada']);
    expect(entity('user/ada')).toMatchObject({
      lastUsedAt: '2026-10-30T12:00:00.000Z',
      attributes: { password: true, mfa: false, signingCertificates: 1 },
    });
    expect(snapshot.source.reports).toContain('Token');
    expect(missing.join('\n')).not.toContain('which was not given');
    expectSound(snapshot);
  });

  test('the root user is there, and may do everything', async () => {
    const { entity, says } = await convert({ users: [user('ada')] }, report(ROOT, ADA));
    expect(entity('root')).toMatchObject({ kind: 'Account', attributes: { password: true, mfa: true } });
    expect(says('root')).toEqual(['CAN_ACCESS ADMIN account']);
  });

  test('users of only one of the two files are said', async () => {
    const { missing, wide } = await convert({ users: [user('bob')] }, report(ADA));
    expect(missing.join('\n')).toContain('user/bob: User bob is not in the credential report');
    expect(wide.join('\n')).toContain('User ada is in the credential report and not in the account details');
  });

  test('every wrong row is listed, with its line and column', async () => {
    const wrong = report(
      ADA,
      ADA.replace('false,true,2024', 'false,maybe,soon'),
      `${ADA},one more`,
      ADA.replace(arn('user/ada'), 'ada'),
    );
    await expect(convert({ users: [user('ada')] }, wrong)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: {
        problemCount: 4,
        problems: [
          expect.objectContaining({ row: 'report.csv:3', field: 'access_key_1_active' }),
          expect.objectContaining({ row: 'report.csv:3', field: 'access_key_1_last_rotated' }),
          expect.objectContaining({ row: 'report.csv:4', rule: 'CELL_COUNT' }),
          expect.objectContaining({ row: 'report.csv:5', field: 'arn' }),
        ],
      },
    });
  });

  test('what is no such report is refused', async () => {
    for (const text of ['', 'a,b\n1,2\n', '{"Content":"dXNlcg=="}', '"user']) {
      await expect(convert({ users: [user('ada')] }, text)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });
});
