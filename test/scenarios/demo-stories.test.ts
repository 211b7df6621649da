import { expect, test } from '@jest/globals';
import type { SnapshotEntity } from '../../src/model/snapshot.js';
import { entity, into, ofKind, out } from './demo-company.js';

const TAMSIN = 'hr:fennmarsh/person/tamsin.okoro';

const accountsOf = (human: string) => out(human, 'HAS_ACCOUNT').map(({ to }) => to);
const sourceOf = (id: string) => id.slice(0, id.indexOf('/'));
const isActive = ({ status }: SnapshotEntity) => status === 'ACTIVE';
const oneApart = (id: string, type: 'OWNS' | 'HAS_ACCOUNT') => into(id, type).map(({ from }) => entity(from));
const tokens = (tokenType: string) => ofKind('Token', { tokenType });
const jobs = (jobType: string) => ofKind('Job', { jobType, status: 'ACTIVE' });
const byPerson = ({ id }: SnapshotEntity) => oneApart(id, 'OWNS').some(({ kind }) => kind === 'Account');
const uses = (id: string) => out(id, 'USES').map(({ to }) => entity(to));
const granter = (id: string) => into(id, 'GRANTED').map(({ from }) => entity(from))[0];
const critical = ({ criticality }: SnapshotEntity) => criticality === 'HIGH' || criticality === 'CRITICAL';
const storesOf = (id: string) => out(id, 'STORED_IN').map(({ to }) => to);

/** Every line of the problem, and the entities of the demo company that tell it. */
const stories: Readonly<Record<string, () => readonly unknown[]>> = {
  'a leaver consented in two tenants': () => {
    const consents = accountsOf(TAMSIN).flatMap((account) => out(account, 'GRANTED'));
    const tenants = new Set(consents.map(({ to }) => sourceOf(to)));
    return tenants.size >= 2 ? [...tenants] : [];
  },
  'an app is consented for the whole tenant, by the leaver’s click': () =>
    ofKind('Grant', { consentType: 'ALL_PRINCIPALS', grantType: 'DELEGATED' }).filter(
      ({ id }) =>
        granter(id)?.kind === 'App' &&
        into(id, 'APPROVED').some(({ from }) => accountsOf(TAMSIN).includes(from)),
    ),
  'a refresh token is dead and its child in the family is not': () =>
    tokens('REFRESH').filter(
      ({ id, status, family }) =>
        status === 'REVOKED' &&
        out(id, 'DELEGATED_TO').some(({ to }) => isActive(entity(to)) && entity(to).family === family),
    ),
  'a CI job runs on a personal access token': () =>
    tokens('PERSONAL_ACCESS_TOKEN').filter(({ id }) =>
      storesOf(id).some((secret) =>
        into(secret, 'USES').some(({ from }) => entity(from).jobType === 'CI_JOB'),
      ),
    ),
  'a key was copied from a vault to a notebook and to a CI secret': () =>
    ofKind('Secret', { store: 'vault' }).filter(({ id }) => {
      const copies = into(id, 'COPY_OF').map(({ from }) => entity(from).store);
      return copies.includes('notebook') && copies.includes('actions secret');
    }),
  'a scheduler is in someone’s name': () => jobs('SCHEDULER').filter(byPerson),
  'a webhook is in someone’s name': () => jobs('WEBHOOK').filter(byPerson),
  'a chat bot is in someone’s name': () => jobs('BOT').filter(byPerson),
  'an AI agent is in someone’s name, and minted tokens from theirs': () =>
    jobs('AI_AGENT').filter(
      (job) => byPerson(job) && uses(job.id).some(({ id }) => out(id, 'DELEGATED_TO').length > 0),
    ),
  'a critical job runs on a personal consent': () =>
    ofKind('Job').filter(
      (job) =>
        critical(job) &&
        uses(job.id).some(({ id, kind }) => kind === 'Grant' && granter(id)?.kind === 'Account'),
    ),
  'an app was never approved': () => ofKind('App', { approval: 'UNAPPROVED', status: 'ACTIVE' }),
  'a login of one’s own in a shared environment, its key on a workstation': () =>
    ofKind('Account', { managed: false }).filter(({ id }) => {
      const environments = out(id, 'CAN_ACCESS').map(({ to }) => to);
      const shared = environments.some((to) => into(to, 'CAN_ACCESS').length > 1);
      const stores = out(id, 'ISSUED').flatMap(({ to }) => storesOf(to));
      const keepers = stores.flatMap((store) => into(store, 'HAS_SECRET').map(({ from }) => entity(from)));
      return (
        shared &&
        keepers.some(({ personal, resourceType }) => personal === true && resourceType === 'workstation')
      );
    }),
  'a shared account has a password in a vault': () =>
    ofKind('Account').filter(
      ({ id }) =>
        into(id, 'HAS_ACCOUNT').length > 1 &&
        into(id, 'CREDENTIAL_OF').some(({ from }) => entity(from).store === 'vault'),
    ),
  'a personal npm account publishes the package of the company': () =>
    ofKind('Account', { managed: false }).filter(({ id }) =>
      out(id, 'ISSUED').some(({ to }) =>
        out(to, 'CAN_ACCESS').some(
          (each) => entity(each.to).resourceType === 'package' && each.permission === 'WRITE',
        ),
      ),
    ),
  'a deploy key belongs to the repository, and the leaver made it': () =>
    tokens('DEPLOY_KEY').filter(
      ({ id }) =>
        into(id, 'ISSUED').length === 0 &&
        into(id, 'CREATED').some(({ from }) => accountsOf(TAMSIN).includes(from)) &&
        into(id, 'KNOWS').some(({ how }) => how === 'MINTED'),
    ),
  'a CI job becomes a cloud role without a secret': () =>
    jobs('CI_JOB').filter(({ id }) => {
      const roles = out(id, 'RUNS_AS').map(({ to }) => to);
      const repositories = out(id, 'DEFINED_IN').map(({ to }) => to);
      return repositories.some((from) => out(from, 'CAN_ASSUME').some(({ to }) => roles.includes(to)));
    }),
  'a team of one owns something': () =>
    ofKind('Group').filter(({ id }) => into(id, 'MEMBER_OF').length === 1 && out(id, 'OWNS').length > 0),
  'an account was disabled a year ago, its tokens work, and payroll runs on them': () =>
    ofKind('Account', { status: 'DISABLED' }).filter(({ id, lastUsedAt }) => {
      const grants = out(id, 'GRANTED').map(({ to }) => entity(to));
      const working = grants.filter((each) => out(each.id, 'ISSUED').some(({ to }) => isActive(entity(to))));
      const payroll = working.some((each) =>
        into(each.id, 'USES').some(({ from }) => entity(from).name === 'Payroll export'),
      );
      return String(lastUsedAt) < '2025-11-23' && payroll;
    }),
  'somebody left and lingers': () =>
    ofKind('Human', { status: 'LEFT' }).filter(({ id }) =>
      accountsOf(id).some((account) => isActive(entity(account)) && out(account, 'MEMBER_OF').length > 0),
    ),
  'a guest has a sponsor': () =>
    ofKind('Account').filter(({ id }) => oneApart(id, 'OWNS').some(({ kind }) => kind === 'Human')),
  'a break-glass credential may be read by a group': () =>
    ofKind('Secret').filter(
      ({ id }) =>
        into(id, 'CAN_READ').some(({ from }) => entity(from).kind === 'Group') &&
        out(id, 'CREDENTIAL_OF').length > 0,
    ),
  'a mailbox is delegated': () =>
    ofKind('Account').filter(({ id }) =>
      out(id, 'CAN_ASSUME').some(({ to }) => entity(to).kind === 'Account'),
    ),
  'somebody owns by CODEOWNERS only': () =>
    ofKind('Resource').filter(
      ({ id }) =>
        into(id, 'OWNS').every(({ access, evidence }) => access === false && evidence === 'CODEOWNERS') &&
        oneApart(id, 'OWNS').some(({ kind }) => kind === 'Human'),
    ),
  'a role is a group': () =>
    ofKind('Group', { groupType: 'role' }).filter(({ id }) => out(id, 'CAN_ACCESS').length > 0),
  'a service account may act for the whole domain, its key in a vault': () =>
    ofKind('Grant', { grantType: 'DOMAIN_WIDE' }).filter(({ id }) =>
      out(granter(id)?.id ?? '', 'ISSUED').some(({ to }) => storesOf(to).length > 0),
    ),
  'an app acts as itself with a client secret that somebody saw': () =>
    tokens('CLIENT_SECRET').filter(({ id }) => into(id, 'KNOWS').length > 0 && storesOf(id).length > 0),
  'a job is triggered by one job only, another by two': () => {
    const counts = ofKind('Job').map(({ id }) => into(id, 'TRIGGERS').length);
    return counts.includes(1) && counts.includes(2) ? counts : [];
  },
  'a job uses a token that it can do without': () =>
    ofKind('Job').filter(({ id }) => out(id, 'USES').some(({ required }) => required === false)),
  'a workflow stops with its last actor': () =>
    ofKind('Job').filter(({ id }) => out(id, 'DEPENDS_ON').some(({ to }) => entity(to).kind === 'Account')),
  'somebody else’s key lies on a leaver’s laptop': () =>
    ofKind('Token').filter(
      ({ id }) =>
        storesOf(id).length > 1 &&
        into(id, 'ISSUED').every(({ from }) => entity(from).kind === 'ServiceIdentity'),
    ),
};

test.each(Object.entries(stories))('%s', (_, told) => {
  expect(told()).not.toEqual([]);
});
