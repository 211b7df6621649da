/** Lists of one organisation as GitHub answers, with the fields that are read and some that are not. */
const someone = (login: string, id: number, more: object = {}) => ({
  login,
  id,
  node_id: `MDQ6VXNlcj${id}`,
  url: `https://api.github.com/users/${login}`,
  html_url: `https://github.com/${login}`,
  type: 'User',
  site_admin: false,
  ...more,
});

const repository = (name: string, visibility: string, more: object = {}) => ({
  id: name.length,
  name,
  full_name: `acme/${name}`,
  private: visibility !== 'public',
  visibility,
  archived: false,
  html_url: `https://github.com/acme/${name}`,
  ...more,
});

const rights = (role: string) => ({
  role_name: role,
  permissions: {
    admin: role === 'admin',
    maintain: ['admin', 'maintain'].includes(role),
    push: ['admin', 'maintain', 'write'].includes(role),
    triage: true,
    pull: true,
  },
});

const at = { created_at: '2025-01-10T14:59:22Z', updated_at: '2026-01-10T14:59:22Z' };

/** Address of each list, and its pages. */
export const LISTS: Readonly<Record<string, readonly unknown[]>> = {
  'orgs/acme': [
    { login: 'acme', id: 1, default_repository_permission: 'read', two_factor_requirement_enabled: true },
  ],
  'orgs/acme/members': [[someone('ada', 1), someone('Max', 2)], [someone('eve', 3)]],
  'orgs/acme/members?role=admin': [[someone('Max', 2)]],
  'orgs/acme/outside_collaborators': [[someone('guest', 9)]],
  'orgs/acme/teams': [
    [
      { id: 1, name: 'Core', slug: 'core', privacy: 'closed', parent: null },
      {
        id: 2,
        name: 'Core web',
        slug: 'core-web',
        privacy: 'closed',
        parent: { id: 1, name: 'Core', slug: 'core' },
      },
    ],
  ],
  'orgs/acme/teams/core/members': [[someone('eve', 3)]],
  'orgs/acme/teams/core-web/members': [[someone('ada', 1)]],
  'orgs/acme/teams/core/repos': [[repository('web', 'private', rights('write'))]],
  'orgs/acme/repos': [[repository('web', 'private'), repository('site', 'public', { archived: true })]],
  'repos/acme/web/collaborators': [
    [someone('guest', 9, rights('triage')), someone('eve', 3, rights('admin'))],
  ],
  'repos/acme/site/collaborators': [[]],
  'repos/acme/web/keys': [
    [
      {
        id: 7,
        key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE',
        url: 'https://api.github.com/repos/acme/web/keys/7',
        title: 'deploy@box',
        verified: true,
        read_only: false,
        added_by: 'ada',
        last_used: '2026-11-20T15:53:42Z',
        enabled: true,
        created_at: '2024-12-10T15:53:42Z',
      },
    ],
  ],
  'repos/acme/site/keys': [[]],
  'repos/acme/web/actions/secrets': [{ total_count: 1, secrets: [{ name: 'NPM_PUBLISH', ...at }] }],
  'repos/acme/site/actions/secrets': [{ total_count: 0, secrets: [] }],
  'repos/acme/web/environments': [
    {
      total_count: 1,
      environments: [
        {
          id: 3,
          name: 'production',
          protection_rules: [
            { id: 1, type: 'wait_timer' },
            { id: 2, type: 'required_reviewers', reviewers: [] },
          ],
        },
      ],
    },
  ],
  'repos/acme/web/environments/production/secrets': [{ total_count: 1, secrets: [{ name: 'CLOUD', ...at }] }],
  'orgs/acme/actions/secrets': [
    {
      total_count: 3,
      secrets: [
        { name: 'EVERYWHERE', visibility: 'all', ...at },
        { name: 'INSIDE', visibility: 'private', ...at },
        { name: 'CHOSEN', visibility: 'selected', ...at },
      ],
    },
  ],
  'orgs/acme/actions/secrets/CHOSEN/repositories': [
    { total_count: 1, repositories: [repository('site', 'public')] },
  ],
  'orgs/acme/credential-authorizations': [
    [
      {
        login: 'ada',
        credential_id: 161195,
        credential_type: 'personal access token',
        token_last_eight: '71c3fc11',
        credential_authorized_at: '2025-01-26T19:06:43Z',
        credential_accessed_at: '2026-11-20T19:06:43Z',
        authorized_credential_id: 12345678,
        authorized_credential_note: 'release',
        authorized_credential_expires_at: '2027-02-25T19:06:43Z',
        scopes: ['workflow', 'repo'],
      },
      {
        login: 'ada',
        credential_id: 161199,
        credential_type: 'SSH key',
        credential_authorized_at: '2025-01-26T19:06:43Z',
        credential_accessed_at: null,
        authorized_credential_id: 99,
        authorized_credential_title: 'laptop',
        fingerprint: 'jklmnop12345678',
      },
      {
        login: 'eve',
        credential_id: 161200,
        credential_type: 'personal access token',
        token_last_eight: 'Ae178B4a',
        credential_authorized_at: '2025-01-26T19:06:43Z',
        credential_accessed_at: null,
        authorized_credential_id: 100,
        scopes: ['read:org'],
      },
    ],
  ],
  'orgs/acme/personal-access-tokens': [
    [
      {
        id: 25381,
        owner: someone('eve', 3),
        repository_selection: 'all',
        permissions: {
          organization: { members: 'read' },
          repository: { metadata: 'read', contents: 'write' },
        },
        access_granted_at: '2026-05-16T08:47:09.000-07:00',
        token_id: 98716,
        token_name: 'backup',
        token_expired: false,
        token_expires_at: '2027-11-16T08:47:09.000-07:00',
        token_last_used_at: null,
      },
    ],
  ],
  'orgs/acme/installations': [
    {
      total_count: 1,
      installations: [
        {
          id: 25,
          app_id: 2218,
          app_slug: 'board-sync',
          repository_selection: 'all',
          permissions: { contents: 'read', issues: 'write' },
          suspended_at: null,
          created_at: '2024-05-16T08:47:09.000Z',
          html_url: 'https://github.com/organizations/acme/settings/installations/25',
        },
      ],
    },
  ],
};

/** The files that `gh api --paginate` leaves: one for each list, its pages one after another. */
export const filesOf = (lists: Readonly<Record<string, readonly unknown[]>> = LISTS) =>
  Object.entries(lists).map(([path, pages]) => ({
    path: `${path}.json`,
    text: pages.map((page) => JSON.stringify(page)).join(''),
  }));
