import { describe, expect, test } from '@jest/globals';
import type { Status } from '../../../../src/model/kinds.js';
import { approvePlan } from '../../../../src/offboarding/case/approve-plan.js';
import { rehome } from '../../../../src/offboarding/case/cascade/rehome.js';
import type { CascadeResult } from '../../../../src/offboarding/case/cascade/request-cascade.js';
import { retire } from '../../../../src/offboarding/case/cascade/retire.js';
import { revoke } from '../../../../src/offboarding/case/cascade/revoke.js';
import { rotateSecret } from '../../../../src/offboarding/case/cascade/rotate-secret.js';
import { transferOwnership } from '../../../../src/offboarding/case/cascade/transfer-ownership.js';
import { requireCase, verificationOf } from '../../../../src/offboarding/case/case-documents.js';
import { executeOffboarding } from '../../../../src/offboarding/execute/execute.js';
import { runCase } from '../../../../src/offboarding/execute/run-case.js';
import { person, type TestCaseContext, withCaseContext } from '../../../support/case-context.js';
import { entity, link, snapshot } from '../company.js';

const oli = person('oli');
const reason = 'It leaked';

/**
 * Two of a kind of everything: what `bot` and its own have is what a case is about, what `other` has stands beside
 * it and shares an app, a group and a vault with it. Nightly runs on a token of Ada's and stores it in a vault,
 * weekly on her consent, and nobody answers for it.
 */
const office = snapshot(
  [
    entity('Human', 'ada', { email: 'ada@acme.example' }),
    entity('Human', 'bea', { email: 'bea@acme.example' }),
    entity('Account', 'login'),
    entity('Account', 'other.login'),
    entity('Group', 'staff'),
    entity('ServiceIdentity', 'bot', { managed: true }),
    entity('ServiceIdentity', 'other', { managed: true }),
    entity('App', 'reader', { approval: 'APPROVED', criticality: 'LOW' }),
    entity('App', 'writer', { approval: 'APPROVED', criticality: 'LOW' }),
    entity('Grant', 'consent', { grantType: 'DELEGATED', consentType: 'PRINCIPAL', scopes: ['read'] }),
    entity('Grant', 'other.consent', { grantType: 'DELEGATED', consentType: 'PRINCIPAL', scopes: ['read'] }),
    entity('Token', 'of.consent', { tokenType: 'REFRESH', family: 'f' }),
    entity('Token', 'mate', { tokenType: 'ACCESS', family: 'f' }),
    entity('Token', 'child', { tokenType: 'ACCESS' }),
    entity('Token', 'key', { tokenType: 'API_KEY' }),
    entity('Token', 'other.key', { tokenType: 'API_KEY' }),
    entity('Token', 'bot.key', { tokenType: 'SERVICE_ACCOUNT_KEY' }),
    entity('Token', 'reader.key', { tokenType: 'CLIENT_SECRET' }),
    entity('Token', 'writer.key', { tokenType: 'CLIENT_SECRET' }),
    entity('Secret', 'vault'),
    entity('Secret', 'copy'),
    entity('Secret', 'shelf'),
    entity('Job', 'nightly', { criticality: 'LOW', approval: 'APPROVED' }),
    entity('Job', 'weekly', { criticality: 'LOW', approval: 'APPROVED' }),
    entity('Job', 'hourly', { criticality: 'LOW', approval: 'APPROVED' }),
    entity('Job', 'paused', { status: 'SUSPENDED' }),
    entity('App', 'held', { status: 'SUSPENDED' }),
    entity('Resource', 'wiki', { sensitivity: 'LOW' }),
  ],
  [
    link('HAS_ACCOUNT', 'ada', 'login'),
    link('HAS_ACCOUNT', 'bea', 'other.login'),
    link('MEMBER_OF', 'login', 'staff'),
    link('MEMBER_OF', 'other.login', 'staff'),
    link('MEMBER_OF', 'bot', 'staff'),
    link('GRANTED', 'login', 'consent'),
    link('TO_APP', 'consent', 'reader'),
    link('ISSUED', 'consent', 'of.consent'),
    link('DELEGATED_TO', 'mate', 'child'),
    link('GRANTED', 'other.login', 'other.consent'),
    link('TO_APP', 'other.consent', 'writer'),
    link('ISSUED', 'login', 'key'),
    link('STORED_IN', 'key', 'vault'),
    link('ISSUED', 'other.login', 'other.key'),
    link('STORED_IN', 'other.key', 'vault'),
    link('COPY_OF', 'copy', 'vault'),
    link('USES', 'nightly', 'copy'),
    link('USES', 'weekly', 'consent'),
    link('ISSUED', 'bot', 'bot.key'),
    link('ISSUED', 'reader', 'reader.key'),
    link('ISSUED', 'writer', 'writer.key'),
    link('STORED_IN', 'writer.key', 'shelf'),
    link('USES', 'hourly', 'shelf'),
    link('OWNS', 'bea', 'nightly'),
    link('OWNS', 'bea', 'hourly'),
    link('OWNS', 'bea', 'bot'),
    link('OWNS', 'bea', 'reader'),
    link('OWNS', 'ada', 'wiki'),
  ],
);

/** Everything there is, with its status. */
async function statuses({ store }: TestCaseContext): Promise<ReadonlyMap<string, Status>> {
  const { revision } = await store.head();
  const ids = office.entities.map(({ id }) => id);
  const records = await store.entities(ids, revision);
  return new Map(ids.map((id, at) => [id, records[at]!.status as Status]));
}

/** Has one thing done to its end, by whoever may; gives what became of its case, and whose status is another one. */
async function carriedOut(
  caseContext: TestCaseContext,
  asked: (caseContext: TestCaseContext) => Promise<CascadeResult>,
) {
  const before = await statuses(caseContext);
  const { case: offboarding, needsApproval } = await asked(caseContext);
  const named = { offboarding: offboarding!.id, planHash: offboarding!.planHash };
  if (needsApproval) await approvePlan(caseContext, person('ann'), { ...named, reason: 'as agreed' });
  await executeOffboarding(caseContext, oli, named);
  await runCase(caseContext, offboarding!.id);
  const { state, because, begun } = await requireCase(caseContext.store.journal, offboarding!.id);
  const found = await verificationOf(caseContext.store.journal, offboarding!.id);
  const failed = found!.checks
    .filter(({ holds }) => !holds)
    .map(({ invariant, evidence }) => [invariant, evidence]);
  const after = await statuses(caseContext);
  const changed = [...after].filter(([id, status]) => before.get(id) !== status);
  return { state, because, begun, failed, changed: Object.fromEntries(changed) };
}

const CASES: readonly [
  string,
  (caseContext: TestCaseContext) => Promise<CascadeResult>,
  Readonly<Record<string, string>>,
][] = [
  [
    'a token goes with its family and what was delegated, and what is kept beside it stays',
    (caseContext) => revoke(caseContext, oli, { target: 'of.consent', reason }),
    { 'of.consent': 'REVOKED', mate: 'REVOKED', child: 'REVOKED' },
  ],
  [
    'a token that a secret keeps leaves the secret to be rotated',
    (caseContext) => revoke(caseContext, oli, { target: 'key', reason }),
    { key: 'REVOKED', vault: 'ROTATION_REQUIRED', copy: 'ROTATION_REQUIRED' },
  ],
  [
    'a grant goes with what it issued',
    (caseContext) => revoke(caseContext, oli, { target: 'consent', reason, allowBreaking: true }),
    { consent: 'REVOKED', 'of.consent': 'REVOKED', mate: 'REVOKED', child: 'REVOKED' },
  ],
  [
    'an account goes with its grants and tokens, and its group stays',
    (caseContext) => revoke(caseContext, oli, { target: 'login', reason, allowBreaking: true }),
    {
      login: 'DISABLED',
      consent: 'REVOKED',
      'of.consent': 'REVOKED',
      mate: 'REVOKED',
      child: 'REVOKED',
      key: 'REVOKED',
      vault: 'ROTATION_REQUIRED',
      copy: 'ROTATION_REQUIRED',
    },
  ],
  [
    'a service identity goes with its tokens',
    (caseContext) => revoke(caseContext, oli, { target: 'bot', reason }),
    { bot: 'RETIRED', 'bot.key': 'REVOKED' },
  ],
  [
    'an app goes with every consent to it and its own tokens',
    (caseContext) => revoke(caseContext, oli, { target: 'reader', reason, allowBreaking: true }),
    {
      reader: 'RETIRED',
      'reader.key': 'REVOKED',
      consent: 'REVOKED',
      'of.consent': 'REVOKED',
      mate: 'REVOKED',
      child: 'REVOKED',
    },
  ],
  [
    'a secret is rotated with its copies, and what it stored is made anew',
    (caseContext) => revoke(caseContext, oli, { target: 'shelf', reason }),
    { 'writer.key': 'REVOKED' },
  ],
  [
    'a rotation makes what two people issued anew, each from where it came',
    (caseContext) => rotateSecret(caseContext, oli, { secret: 'copy', reason }),
    { key: 'REVOKED', 'other.key': 'REVOKED' },
  ],
  [
    'a job goes on by an identity made for it',
    (caseContext) => rehome(caseContext, oli, { workload: 'nightly', successor: 'bea', reason }),
    {},
  ],
  [
    'a job goes on by an identity that is named',
    (caseContext) =>
      rehome(caseContext, oli, { workload: 'nightly', successor: 'bea', managedIdentity: 'bot', reason }),
    {},
  ],
  [
    'a job for which nobody answers goes on, and somebody does',
    (caseContext) => rehome(caseContext, oli, { workload: 'weekly', successor: 'bea', reason }),
    {},
  ],
  [
    'a thing has another owner',
    (caseContext) => transferOwnership(caseContext, oli, { entity: 'wiki', from: 'ada', to: 'bea', reason }),
    {},
  ],
  [
    'a job is retired, and what it used stays',
    (caseContext) => retire(caseContext, oli, { entity: 'hourly', reason }),
    { hourly: 'RETIRED' },
  ],
  [
    'a job that is only suspended is retired as well',
    (caseContext) => retire(caseContext, oli, { entity: 'paused', reason }),
    { paused: 'RETIRED' },
  ],
  [
    'an app that is only suspended is retired as well',
    (caseContext) => revoke(caseContext, oli, { target: 'held', reason }),
    { held: 'RETIRED' },
  ],
  [
    'an app is retired as it is revoked',
    (caseContext) => retire(caseContext, oli, { entity: 'writer', reason, allowBreaking: true }),
    { writer: 'RETIRED', 'writer.key': 'REVOKED', shelf: 'ROTATION_REQUIRED', 'other.consent': 'REVOKED' },
  ],
  [
    'a service identity is retired as it is revoked',
    (caseContext) => retire(caseContext, oli, { entity: 'bot', reason }),
    { bot: 'RETIRED', 'bot.key': 'REVOKED' },
  ],
];

describe('one thing, carried out', () => {
  test.each(CASES)('%s; the case is VERIFIED', (_what, asked, changed) =>
    withCaseContext([office], async (caseContext) => {
      const found = await carriedOut(caseContext, asked);
      expect(found).toMatchObject({ state: 'VERIFIED', because: null, failed: [] });
      expect(found.changed).toEqual(changed);
    }),
  );
});
