import {
  isObject,
  itemsOf,
  type JsonObject,
  JsonValuesError,
  readJsonValues,
  textAt,
} from '../json-values.js';
import type { RowProblems } from '../row-problems.js';

/** A file with what GitHub answered: its path says which list it is. */
export interface AnswerFile {
  /** As in `orgs/acme/teams/core/members.json`: what stands before `orgs/` or `repos/` does not count. */
  readonly path: string;
  readonly text: string;
}

/** The lists that are read, by their address at GitHub; `:name` stands for one part of it. */
export const LISTS = {
  organisation: 'orgs/:org',
  members: 'orgs/:org/members',
  outsiders: 'orgs/:org/outside_collaborators',
  teams: 'orgs/:org/teams',
  teamMembers: 'orgs/:org/teams/:team/members',
  teamRepositories: 'orgs/:org/teams/:team/repos',
  repositories: 'orgs/:org/repos',
  collaborators: 'repos/:org/:repo/collaborators',
  deployKeys: 'repos/:org/:repo/keys',
  organisationSecrets: 'orgs/:org/:store/secrets',
  secretRepositories: 'orgs/:org/:store/secrets/:secret/repositories',
  repositorySecrets: 'repos/:org/:repo/:store/secrets',
  environments: 'repos/:org/:repo/environments',
  environmentSecrets: 'repos/:org/:repo/environments/:environment/secrets',
  credentials: 'orgs/:org/credential-authorizations',
  fineGrained: 'orgs/:org/personal-access-tokens',
  installations: 'orgs/:org/installations',
} as const;

export type ListName = keyof typeof LISTS;

/** Keys under which GitHub puts a list that it also counts. */
const COUNTED = ['secrets', 'repositories', 'environments', 'installations'] as const;

/** One list that GitHub answered with, whole or in part. */
export interface Answer {
  readonly list: ListName;
  readonly file: string;
  /** What the parts of the address are: `org`, `repo`, `team`. */
  readonly parts: Readonly<Record<string, string>>;
  /** What stands after `?` in the address: `role` of members. */
  readonly query: string;
  readonly items: readonly JsonObject[];
  /** Why the list is not whole; undefined: it is. */
  readonly refused: string | undefined;
}

/** Reads the files; one that is no list of GitHub, or no JSON, is a problem. */
export function readAnswers(files: readonly AnswerFile[], problems: RowProblems): Answer[] {
  return files.flatMap((file) => {
    const address = addressOf(file.path);
    const [name, parts] = (address && listOf(address.path)) ?? [];
    if (name === undefined || parts === undefined || address === undefined) {
      const message =
        'is named like no list of GitHub; name each file by its address, as in orgs/acme/members.json.';
      problems.add(file.path, '', 'UNKNOWN_LIST', message);
      return [];
    }
    const read = valuesOf(file, problems);
    return read ? [{ list: name, file: file.path, parts, query: address.query, ...read }] : [];
  });
}

function addressOf(path: string): { readonly path: string; readonly query: string } | undefined {
  const found = /(?:^|[\\/])((?:orgs|repos)[\\/].+?)(?:\.json)?$/.exec(path)?.[1];
  if (found === undefined) return undefined;
  const [before = '', query = ''] = found.replaceAll('\\', '/').split(/[?@]/, 2);
  return { path: before, query };
}

function listOf(path: string): readonly [ListName, Readonly<Record<string, string>>] | undefined {
  const given = path.split('/').map(decodeURIComponentSafely);
  for (const [name, pattern] of Object.entries(LISTS) as [ListName, string][]) {
    const wanted = pattern.split('/');
    if (wanted.length !== given.length) continue;
    if (!wanted.every((part, at) => part.startsWith(':') || part === given[at])) continue;
    const parts = wanted.flatMap((part, at) =>
      part.startsWith(':') ? [[part.slice(1), given[at] as string] as const] : [],
    );
    return [name, Object.fromEntries(parts)];
  }
  return undefined;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function valuesOf(file: AnswerFile, problems: RowProblems): Pick<Answer, 'items' | 'refused'> | undefined {
  try {
    const values = readJsonValues(file.text);
    const refused = values.map(refusalOf).find((one) => one !== undefined) ?? shortOf(values);
    const items = itemsOf(values, ...COUNTED).filter((item) => refusalOf(item) === undefined);
    const objects = items.filter(isObject);
    if (objects.length < items.length)
      problems.add(file.path, '', 'NOT_AN_OBJECT', 'has items that are no objects.');
    return { items: objects, refused: refused ?? (values.length === 0 ? 'the file is empty' : undefined) };
  } catch (error) {
    if (!(error instanceof JsonValuesError)) throw error;
    problems.add(file.path, '', 'NOT_JSON', `${error.message}; give what gh api printed.`);
    return undefined;
  }
}

/** GitHub's answer to what it refuses has a message and where to read about it. */
function refusalOf(value: unknown): string | undefined {
  if (!isObject(value) || !('message' in value) || !('documentation_url' in value || 'status' in value))
    return undefined;
  const status = textAt(value, 'status');
  return `GitHub refused it${status ? ` (${status})` : ''}: ${textAt(value, 'message') ?? 'no message'}`;
}

/** A list that GitHub also counts, of which fewer items are there. */
function shortOf(values: readonly unknown[]): string | undefined {
  const counts = values
    .flatMap((value) => (isObject(value) ? [Number(value.total_count)] : []))
    .filter((count) => count >= 0);
  if (counts.length === 0) return undefined;
  const there = itemsOf(values, ...COUNTED).length;
  const total = Math.max(...counts);
  return there < total ? `the file has ${there} of ${total}` : undefined;
}
