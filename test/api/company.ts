/** A small company for tests of the API: two sources, every kind once or more, one person who left. */

const AT = '2026-01-01T00:00:00.000Z';

/** People and their places. */
export const HR = {
  source: {
    id: 'hr:acme',
    vendor: 'hr',
    name: 'People',
    syncedAt: AT,
    reports: ['Human', 'HAS_ACCOUNT', 'OWNS'],
  },
  mode: 'full',
  entities: [
    { kind: 'Human', id: 'hr:ada', name: 'Ada Lovelace', email: 'Ada@acme.example', employeeId: '1' },
    { kind: 'Human', id: 'hr:bob', name: 'Bob', email: 'bob@acme.example' },
    { kind: 'Human', id: 'hr:cleo', name: 'Cleo', email: 'cleo@acme.example', status: 'LEFT' },
    { kind: 'Human', id: 'hr:dan', name: 'Dan', email: 'twice@acme.example' },
    { kind: 'Human', id: 'hr:eve', name: 'Eve', email: 'TWICE@acme.example', status: 'LEFT' },
  ],
  relationships: [{ type: 'REPORTS_TO', from: 'hr:ada', to: 'hr:bob' }],
};

/** What they use: Ada's token runs a critical job and reaches the repository. */
export const CODE = {
  source: { id: 'code:acme', vendor: 'code', name: 'Code', syncedAt: AT, actuation: 'SIMULATED' },
  mode: 'full',
  entities: [
    { kind: 'Account', id: 'code:ada', name: 'ada', login: 'ada' },
    { kind: 'Account', id: 'code:cleo', name: 'cleo', login: 'cleo', status: 'DISABLED' },
    { kind: 'Group', id: 'code:team', name: 'Team' },
    { kind: 'ServiceIdentity', id: 'code:runner', name: 'runner' },
    { kind: 'App', id: 'code:app', name: 'Release bot', criticality: 'HIGH' },
    { kind: 'Grant', id: 'code:grant', name: 'consent', scopes: ['repo'], grantType: 'DELEGATED' },
    {
      kind: 'Token',
      id: 'code:token',
      name: 'ci token',
      tokenType: 'PERSONAL_ACCESS_TOKEN',
      expiresAt: '2027-01-01T00:00:00.000Z',
      family: 'ada-1',
    },
    { kind: 'Token', id: 'code:cleo-key', name: 'old key', tokenType: 'SSH_KEY' },
    { kind: 'Token', id: 'code:mate', name: 'its twin', tokenType: 'REFRESH', family: 'ada-1' },
    { kind: 'Secret', id: 'code:secret', name: 'CI_TOKEN', store: 'ci', path: 'repo/ci' },
    { kind: 'Job', id: 'code:job', name: 'nightly', jobType: 'CI_JOB', criticality: 'CRITICAL' },
    { kind: 'Resource', id: 'code:repo', name: 'web', resourceType: 'repository', sensitivity: 'HIGH' },
    { kind: 'Resource', id: 'code:docs', name: 'docs', resourceType: 'repository' },
  ],
  relationships: [
    { type: 'HAS_ACCOUNT', from: { humanEmail: 'ada@acme.example' }, to: 'code:ada' },
    { type: 'HAS_ACCOUNT', from: { humanEmail: 'cleo@acme.example' }, to: 'code:cleo' },
    { type: 'MEMBER_OF', from: 'code:ada', to: 'code:team' },
    { type: 'CAN_ACCESS', from: 'code:team', to: 'code:docs', permission: 'READ' },
    { type: 'CAN_ACCESS', from: 'code:ada', to: 'code:repo', permission: 'WRITE' },
    { type: 'ISSUED', from: 'code:ada', to: 'code:token' },
    { type: 'CREDENTIAL_OF', from: 'code:token', to: 'code:ada' },
    { type: 'STORED_IN', from: 'code:token', to: 'code:secret' },
    { type: 'USES', from: 'code:job', to: 'code:secret' },
    { type: 'OWNS', from: 'code:ada', to: 'code:job' },
    { type: 'OWNS', from: 'hr:ada', to: 'code:app', access: false },
    { type: 'GRANTED', from: 'code:ada', to: 'code:grant' },
    { type: 'TO_APP', from: 'code:grant', to: 'code:app' },
    { type: 'ISSUED', from: 'code:cleo', to: 'code:cleo-key' },
    { type: 'CREDENTIAL_OF', from: 'code:cleo-key', to: 'code:runner' },
    { type: 'CAN_ACCESS', from: 'code:runner', to: 'code:repo', permission: 'ADMIN' },
  ],
};

/** A source of `count` repositories that Ada can read. */
export function many(count: number, id = 'many:acme') {
  const numbers = Array.from({ length: count }, (_, at) => String(at).padStart(5, '0'));
  return {
    source: { id, syncedAt: AT },
    mode: 'full',
    entities: numbers.map((n) => ({ kind: 'Resource', id: `many:${n}`, name: `r${n}`, sensitivity: 'LOW' })),
    relationships: numbers.map((n) => ({
      type: 'CAN_ACCESS',
      from: 'code:ada',
      to: `many:${n}`,
      permission: 'READ',
    })),
  };
}
