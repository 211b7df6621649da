import { describe, expect, test } from '@jest/globals';
import { convertGithub, type GithubOptions } from '../../../src/sources/github/convert.js';
import { expectSound } from '../invariants.js';
import { filesOf, LISTS } from './lists.js';

const OPTIONS: GithubOptions = {
  source: undefined,
  syncedAt: '2026-11-23T09:00:00.000Z',
  people: new Map([['ada', 'ada@acme.example']]),
  managed: false,
};

function convert(lists = LISTS, options: Partial<GithubOptions> = {}) {
  const { document, notes } = convertGithub(filesOf(lists), { ...OPTIONS, ...options });
  const short = (id: unknown) => String(id).replace('github:acme/', '');
  const says = (from: string) =>
    document.relationships
      .filter((one) => short(one.from) === from)
      .map(({ type, permission, needs, to }) =>
        [type, permission ?? needs, short(to)].filter(Boolean).join(' '),
      );
  const entity = (id: string) => document.entities.find((one) => short(one.id) === id);
  const missing = (document.couldNotRead ?? []).map(({ because }) => because);
  return { document, notes, says, entity, missing };
}

describe('the lists of an organisation of GitHub', () => {
  test('become one snapshot that the import can take', () => {
    const { document } = convert();
    expect(document.source).toMatchObject({ id: 'github:acme', vendor: 'github' });
    expectSound(document);
    expect(convert().document).toEqual(document);
  });

  test('accounts are known by logins in any case, and belong to whom the list of people names', () => {
    const { document, entity } = convert();
    expect(entity('user/max')).toMatchObject({
      kind: 'Account',
      login: 'Max',
      managed: false,
      url: 'https://github.com/Max',
    });
    expect(document.relationships.filter(({ type }) => type === 'HAS_ACCOUNT')).toEqual([
      { type: 'HAS_ACCOUNT', from: { humanEmail: 'ada@acme.example' }, to: 'github:acme/user/ada' },
    ]);
  });

  test('owners administer the organisation, members have its base permission, child teams what their parent has', () => {
    const { says } = convert();
    expect(says('user/max')).toEqual(['CAN_ACCESS ADMIN org', 'MEMBER_OF members']);
    expect(says('members')).toEqual(['CAN_ACCESS READ org']);
    expect(says('team/core-web')).toEqual(['MEMBER_OF team/core']);
    expect(says('team/core')).toEqual(['CAN_ACCESS WRITE repo/web']);
    expect(says('user/guest')).toEqual(['CAN_ACCESS READ repo/web']);
    expect(says('org')).toEqual(['CONTAINS repo/site', 'CONTAINS repo/web']);
  });

  test('a deploy key is of the repository, and whoever added it knows it; its text is nowhere', () => {
    const { document, says, entity } = convert();
    expect(entity('repo/web/key/7')).toMatchObject({
      tokenType: 'DEPLOY_KEY',
      lastUsedAt: '2026-11-20T15:53:42.000Z',
    });
    expect(says('repo/web/key/7')).toEqual(['CAN_ACCESS WRITE repo/web']);
    expect(says('user/ada')).toEqual(
      expect.arrayContaining(['CREATED repo/web/key/7', 'KNOWS repo/web/key/7']),
    );
    expect(JSON.stringify(document)).not.toContain('AAAAC3NzaC1lZDI1NTE5');
  });

  test('secrets are where they are visible, and need what their environment demands', () => {
    const { says } = convert();
    expect(says('repo/web').sort()).toEqual([
      'HAS_SECRET ADMIN repo/web/environment/production/secret/CLOUD',
      'HAS_SECRET WRITE repo/web/secret/actions/NPM_PUBLISH',
      'HAS_SECRET WRITE secret/actions/EVERYWHERE',
      'HAS_SECRET WRITE secret/actions/INSIDE',
    ]);
    expect(says('repo/site')).toEqual([
      'HAS_SECRET WRITE secret/actions/CHOSEN',
      'HAS_SECRET WRITE secret/actions/EVERYWHERE',
    ]);
  });

  test('tokens of personal accounts reach what is ours, as far as their scopes go', () => {
    const { says, entity } = convert();
    expect(entity('credential/12345678')).toMatchObject({
      tokenType: 'PERSONAL_ACCESS_TOKEN',
      scopes: ['repo', 'workflow'],
      expiresAt: '2027-02-25T19:06:43.000Z',
    });
    // Ada may write to web by her team's parent, and read all by the base permission.
    expect(says('credential/12345678')).toEqual(['CAN_ACCESS READ org', 'CAN_ACCESS WRITE repo/web']);
    expect(says('credential/99')).toEqual(['CAN_ACCESS READ org', 'CAN_ACCESS WRITE repo/web']);
    // `read:org` reaches no repository.
    expect(says('credential/100')).toEqual([]);
    expect(says('token/98716')).toEqual(['CAN_ACCESS WRITE org']);
  });

  test('tokens of accounts that the company manages are those accounts', () => {
    const { says, entity } = convert(LISTS, { managed: true });
    expect(says('credential/12345678')).toEqual(['CREDENTIAL_OF user/ada']);
    expect(entity('user/ada')).toMatchObject({ managed: true });
  });

  test('an installed app has a grant of its own', () => {
    const { says, entity } = convert();
    expect(entity('installation/25')).toMatchObject({
      grantType: 'APPLICATION',
      scopes: ['contents:read', 'issues:write'],
    });
    expect(says('app/board-sync')).toEqual(['GRANTED installation/25']);
    expect(says('installation/25')).toEqual(['CAN_ACCESS WRITE org', 'TO_APP app/board-sync']);
  });
});

describe('what is not known', () => {
  test('a list that GitHub refused is unread, and not empty', () => {
    const refusal = {
      message: 'Resource not accessible by integration',
      documentation_url: 'https://docs.github.com/rest',
      status: '403',
    };
    const { document, missing } = convert({ ...LISTS, 'repos/acme/web/keys': [refusal] });
    expect(missing).toContain(
      'repos/acme/web/keys.json: GitHub refused it (403): Resource not accessible by integration.',
    );
    expect(document.couldNotRead?.find(({ because }) => because.includes('403'))?.kinds).toEqual([
      'Token',
      'KNOWS',
    ]);
    expect(document.entities.map(({ id }) => id)).not.toContain('github:acme/repo/web/key/7');
  });

  test('a list of which some pages are missing is not whole', () => {
    const half = [{ total_count: 3, secrets: [{ name: 'ONE', visibility: 'all' }] }];
    expect(convert({ ...LISTS, 'orgs/acme/actions/secrets': half }).missing).toContain(
      'orgs/acme/actions/secrets.json: the file has 1 of 3.',
    );
  });

  test('a list that was not given is said, by its address', () => {
    const {
      'orgs/acme/members?role=admin': _,
      'orgs/acme/credential-authorizations': __,
      'repos/acme/site/keys': ___,
      ...rest
    } = LISTS;
    const { missing } = convert(rest);
    expect(missing.join('\n')).toContain('who owns the organisation (orgs/acme/members?role=admin)');
    expect(missing.join('\n')).toContain(
      'classic tokens and SSH keys of members (orgs/acme/credential-authorizations',
    );
    expect(missing.join('\n')).toContain('Not given of 1 of 2 repositories (site): deploy keys');
  });

  test('where all was given, only what GitHub tells nobody is left', () => {
    expect(convert().missing).toEqual([
      'Consents of members to OAuth apps are in no list that an organisation can ask for.',
      'Workflows, their schedules and which secrets they use are in the files of the repositories, which are not read.',
    ]);
  });

  test('whose login is whose is not known without a list of people', () => {
    expect(convert(LISTS, { people: new Map() }).missing.join('\n')).toContain('--people');
  });
});

describe('bad input', () => {
  const refused = (files: readonly { path: string; text: string }[]) => {
    try {
      convertGithub(files, OPTIONS);
    } catch (error) {
      const { details } = error as { details: { problems: { row: string; rule: string }[] } };
      return details.problems.map(({ row, rule }) => `${row} ${rule}`);
    }
    return [];
  };

  test('every file that is wrong is listed', () => {
    expect(
      refused([
        { path: 'members.json', text: '[]' },
        { path: 'orgs/acme/members.json', text: '[{"login":"ada"' },
        { path: 'orgs/acme/teams.json', text: '[1]' },
        { path: 'orgs/other/repos.json', text: '[]' },
      ]),
    ).toEqual([
      'members.json UNKNOWN_LIST',
      'orgs/acme/members.json NOT_JSON',
      'orgs/acme/teams.json NOT_AN_OBJECT',
      'orgs/other/repos.json OTHER_ORGANISATION',
    ]);
    expect(refused([])).toEqual(['(files) NO_LIST']);
  });

  test('paths are found in whatever folder, with either slash, and with @ for ?', () => {
    const lists = filesOf().map(({ path, text }) => ({
      path: `C:\\dump\\${path.replaceAll('/', '\\').replace('?', '@')}`,
      text,
    }));
    expect(convertGithub(lists, OPTIONS).document).toEqual(convert().document);
  });
});
