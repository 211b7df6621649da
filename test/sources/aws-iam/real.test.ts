import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { convertAwsIam } from '../../../src/sources/aws-iam/convert.js';
import { expectSound } from '../invariants.js';

/** A real training account, kept beside the repository where there is one; it is no part of the product. */
const FILE = fileURLToPath(
  new URL('../../../../../shared/real/aws-account-authorization-details.json', import.meta.url),
);
const HOME = 'aws:200611803367';

async function convertReal() {
  const { document, notes: wide } = await convertAwsIam(JSON.parse(readFileSync(FILE, 'utf8')), {
    syncedAt: '2026-11-01T00:00:00.000Z',
  });
  const from = (what: string) => document.relationships.filter((one) => one.from === `${HOME}/${what}`);
  const rules = (what: string) =>
    from(what).some((one) => one.to === `${HOME}/account` && one.permission === 'ADMIN');
  return { document, wide, from, rules };
}

function withFile(): void {
  test('becomes a document that the import can take', async () => {
    const { document } = await convertReal();
    const count = (kind: string) => document.entities.filter((one) => one.kind === kind).length;
    expect(document.source.id).toBe(HOME);
    expect(document.entities.filter((one) => one.kind === 'Account' && one.managed !== false)).toHaveLength(
      44,
    );
    expect([count('Group'), count('ServiceIdentity')]).toEqual([5, 78]);
    expectSound(document);
  });

  test('explains how a user who can only pass a role and start an instance rules the account', async () => {
    const { from, rules } = await convertReal();
    expect(from('user/fn1-privesc3-partial-user').find((one) => one.type === 'CAN_ASSUME')).toMatchObject({
      to: `${HOME}/role/privesc-high-priv-service-role`,
      evidence: expect.stringContaining('policy fn1-passrole-star, statement 1 (iam:PassRole)'),
    });
    expect(rules('role/privesc-high-priv-service-role')).toBe(true);
  });

  test('tells the exploitable from what only looks so, as the account labels them', async () => {
    const { from, rules } = await convertReal();
    for (const name of [
      'fn2-exploitableResourceConstraint',
      'fn3-exploitableConditionConstraint',
      'fn4-exploitableNotAction',
    ]) {
      expect([name, rules(`user/${name}-user`)]).toEqual([name, true]);
    }
    for (const name of [
      'fp1-allow-and-deny',
      'fp2-allow-and-deny-multiple-policies',
      'fp3-deny-iam',
      'fp5-nonExploitableConditionConstraint',
    ]) {
      expect([name, from(`user/${name}-user`)]).toEqual([name, []]);
    }
    expect(rules('user/fp4-nonExploitableResourceConstraint-user')).toBe(false);
  });

  test('says that it holds a second account, and that conditions were not evaluated', async () => {
    const { wide } = await convertReal();
    expect(wide.join('\n')).toContain('8 users, groups and roles of AWS account 012345678901');
    expect(wide.join('\n')).toContain('The condition of policy fn3-exploitableConditionConstraint');
  });
}

function withoutFile(): void {
  test('NOT RUN ON REAL INPUT: the file is not on this machine', () => {
    console.warn(
      'The AWS converter was tested on made-up accounts only: no real authorization details here.',
    );
    expect(existsSync(FILE)).toBe(false);
  });
}

describe('the authorization details of a real account', existsSync(FILE) ? withFile : withoutFile);
