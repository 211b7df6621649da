import type { Conversion } from '../conversion.js';
import { RowProblems } from '../row-problems.js';
import { SnapshotDraft } from '../snapshot-draft.js';
import { type Answer, type AnswerFile, type ListName, readAnswers } from './answers.js';
import { Converting } from './converting.js';
import { addCredentials } from './credentials.js';
import { Ids } from './ids.js';
import { addPeople } from './people.js';
import { addRepositories, listRepositories } from './repositories.js';
import { addSecrets } from './secrets.js';

/** How answers of GitHub are read. */
export interface GithubOptions {
  /** Left out: `github:<organisation>`. */
  readonly source: string | undefined;
  /** ISO 8601. */
  readonly syncedAt: string;
  /** Whose account a login is: addresses by login, in lower case. */
  readonly people: ReadonlyMap<string, string>;
  /** Whether the company manages the accounts (Enterprise Managed Users). */
  readonly managed: boolean;
}

const REPORTS = [
  'Account',
  'App',
  'Grant',
  'Group',
  'Resource',
  'Secret',
  'Token',
  'CAN_ACCESS',
  'CONTAINS',
  'CREATED',
  'CREDENTIAL_OF',
  'GRANTED',
  'HAS_ACCOUNT',
  'HAS_SECRET',
  'ISSUED',
  'KNOWS',
  'MEMBER_OF',
  'TO_APP',
] as const;

/** What is unknown where a list was not given, and what the list is called. */
const WITHOUT: readonly (readonly [list: ListName, kinds: readonly string[], what: string])[] = [
  ['members', ['Account', 'MEMBER_OF'], 'who is a member (orgs/ORG/members)'],
  ['organisation', ['CAN_ACCESS'], 'what every member may do with every repository (orgs/ORG)'],
  ['repositories', ['Resource', 'CONTAINS'], 'which repositories there are (orgs/ORG/repos)'],
  [
    'collaborators',
    ['CAN_ACCESS'],
    'who may access a repository beside teams (repos/ORG/REPO/collaborators)',
  ],
  ['deployKeys', ['Token', 'KNOWS'], 'deploy keys (repos/ORG/REPO/keys)'],
  ['repositorySecrets', ['Secret', 'HAS_SECRET'], 'secrets of repositories (repos/ORG/REPO/actions/secrets)'],
  ['organisationSecrets', ['Secret', 'HAS_SECRET'], 'secrets of the organisation (orgs/ORG/actions/secrets)'],
  [
    'credentials',
    ['Token', 'ISSUED'],
    'classic tokens and SSH keys of members (orgs/ORG/credential-authorizations, with single sign-on only)',
  ],
  [
    'fineGrained',
    ['Token', 'ISSUED'],
    'fine-grained tokens (orgs/ORG/personal-access-tokens, for a GitHub App only)',
  ],
  ['installations', ['App', 'Grant'], 'installed apps (orgs/ORG/installations)'],
];

/** What no list of GitHub has. The kinds are ones that this source never reports. */
const NEVER: readonly (readonly [kinds: readonly string[], because: string])[] = [
  [
    ['Job', 'USES'],
    'Workflows, their schedules and which secrets they use are in the files of the repositories, which are not read.',
  ],
  [['APPROVED'], 'Consents of members to OAuth apps are in no list that an organisation can ask for.'],
];

/**
 * Turns what `gh api --paginate` printed, one file for each list and named by its address (`orgs/acme/members.json`), into
 * a full snapshot of one organisation. {@link Ids} says how ids are made.
 *
 * A list that GitHub refused, or that is not whole, is unread and not empty. Values of keys are never written.
 *
 * @throws BAD_INPUT with every file and item that is wrong
 */
export function convertGithub(files: readonly AnswerFile[], options: GithubOptions): Conversion {
  const problems = new RowProblems();
  const answers = readAnswers(files, problems);
  const organisation = organisationOf(answers, problems);
  problems.refuseIfAny();
  const source = options.source ?? `github:${organisation.toLowerCase()}`;
  const draft = new SnapshotDraft();
  const to = new Converting(
    answers,
    draft,
    new Ids(source, organisation),
    options.people,
    options.managed,
    problems,
  );
  listRepositories(to);
  addPeople(to);
  addRepositories(to);
  addSecrets(to);
  addCredentials(to);
  problems.refuseIfAny();
  say(answers, organisation, options, draft);
  return draft.finish({
    id: source,
    vendor: 'github',
    name: `GitHub ${organisation}`,
    syncedAt: options.syncedAt,
    reports: REPORTS,
  });
}

function organisationOf(answers: readonly Answer[], problems: RowProblems): string {
  const found = new Map(
    answers.map(({ parts, file }) => [String(parts.org).toLowerCase(), { file, name: String(parts.org) }]),
  );
  const [first, ...others] = found.values();
  for (const { file, name } of others) {
    problems.add(
      file,
      '',
      'OTHER_ORGANISATION',
      `is of ${name}, and ${first?.file} is of ${first?.name}; convert one organisation at a time.`,
    );
  }
  if (!first && answers.length === 0)
    problems.add('(files)', '', 'NO_LIST', 'There is no list of GitHub among the files.');
  return first?.name ?? '';
}

function say(
  answers: readonly Answer[],
  organisation: string,
  { people, managed }: GithubOptions,
  draft: SnapshotDraft,
): void {
  const there = new Set(answers.map(({ list }) => list));
  const named = (text: string) => text.replaceAll('ORG', organisation);
  for (const [list, kinds, what] of WITHOUT) {
    if (!there.has(list)) draft.cannotRead(kinds, `Not given: ${named(what)}.`);
  }
  for (const { list, file, refused } of answers) {
    if (refused === undefined) continue;
    const kinds = WITHOUT.find(([one]) => one === list)?.[1] ?? KINDS_OF_OTHERS[list] ?? ['CAN_ACCESS'];
    draft.cannotRead(kinds, `${file}: ${refused}.`);
  }
  if (there.has('members') && !answers.some(({ query }) => query.includes('role=admin'))) {
    draft.cannotRead(
      ['CAN_ACCESS'],
      named('Not given: who owns the organisation (orgs/ORG/members?role=admin).'),
    );
  }
  sayOfRepositories(answers, draft);
  for (const [kinds, because] of NEVER) draft.cannotRead(kinds, because);
  if (people.size === 0)
    draft.cannotRead(
      ['HAS_ACCOUNT'],
      'GitHub does not say whose login is whose: give a list with login and email (--people).',
    );
  if (!managed)
    draft.note(
      "Accounts are taken for the members' own. Where the company manages them (Enterprise Managed Users), say --managed.",
    );
}

const KINDS_OF_OTHERS: Readonly<Partial<Record<ListName, readonly string[]>>> = {
  outsiders: ['Account'],
  teams: ['Group', 'MEMBER_OF'],
  teamMembers: ['MEMBER_OF'],
  secretRepositories: ['HAS_SECRET'],
  environments: ['HAS_SECRET'],
  environmentSecrets: ['Secret', 'HAS_SECRET'],
};

/** Of which repositories a list is missing that was given of others. */
function sayOfRepositories(answers: readonly Answer[], draft: SnapshotDraft): void {
  const all = answers
    .filter(({ list }) => list === 'repositories')
    .flatMap(({ items }) => items.map(({ name }) => String(name)));
  for (const [list, kinds] of [
    ['collaborators', ['CAN_ACCESS']],
    ['deployKeys', ['Token', 'KNOWS']],
    ['repositorySecrets', ['Secret', 'HAS_SECRET']],
  ] as const) {
    const given = new Set(
      answers.filter((answer) => answer.list === list).map(({ parts }) => String(parts.repo).toLowerCase()),
    );
    const missing = all.filter((name) => !given.has(name.toLowerCase()));
    if (given.size === 0 || missing.length === 0) continue;
    const some = missing.slice(0, 3).join(', ');
    draft.cannotRead(
      kinds,
      `Not given of ${missing.length} of ${all.length} repositories (${some}${missing.length > 3 ? ', …' : ''}): ${list === 'collaborators' ? 'who may access them beside teams' : list === 'deployKeys' ? 'deploy keys' : 'secrets'}.`,
    );
  }
}
