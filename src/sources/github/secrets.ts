import { timeOf } from '../directory-account.js';
import { isObject, type JsonObject, textAt } from '../json-values.js';
import type { Answer } from './answers.js';
import type { Converting } from './converting.js';

/**
 * Adds the secrets of the organisation, of repositories and of environments (mapping: "CI secret"): who can write to a
 * repository can take what it has; where an environment demands a reviewer, only who administers it.
 */
export function addSecrets(to: Converting): void {
  for (const answer of to.answers('repositorySecrets')) {
    const { repo, store } = answer.parts as { repo: string; store: string };
    for (const item of answer.items) {
      const id = addSecret(item, store, (name) => to.ids.repositorySecret(repo, store, name), answer, to);
      if (id) to.draft.relate('HAS_SECRET', to.repository(repo), id, { needs: 'WRITE' });
    }
  }
  for (const answer of to.answers('environmentSecrets')) {
    const { repo, environment } = answer.parts as { repo: string; environment: string };
    const needs = isReviewed(repo, environment, to) ? 'ADMIN' : 'WRITE';
    for (const item of answer.items) {
      const id = addSecret(
        item,
        `environment ${environment}`,
        (name) => to.ids.environmentSecret(repo, environment, name),
        answer,
        to,
      );
      if (id) to.draft.relate('HAS_SECRET', to.repository(repo), id, { needs });
    }
  }
  for (const answer of to.answers('organisationSecrets')) {
    for (const item of answer.items) addOrganisationSecret(item, answer, to);
  }
}

function addSecret(
  item: JsonObject,
  store: string,
  idOf: (name: string) => string,
  answer: Answer,
  { draft, problems }: Converting,
): string | undefined {
  const name = textAt(item, 'name');
  if (name === undefined) {
    problems.add(answer.file, 'name', 'NO_ID', 'has a secret without a name.');
    return undefined;
  }
  const id = idOf(name);
  draft.add({
    kind: 'Secret',
    id,
    name,
    status: 'ACTIVE',
    store: `GitHub ${store}`,
    path: name,
    createdAt: timeOf(textAt(item, 'created_at'), answer.file, 'created_at', problems),
    rotatedAt: timeOf(textAt(item, 'updated_at'), answer.file, 'updated_at', problems),
  });
  return id;
}

function addOrganisationSecret(item: JsonObject, answer: Answer, to: Converting): void {
  const store = answer.parts.store as string;
  const id = addSecret(item, store, (name) => to.ids.organisationSecret(store, name), answer, to);
  if (id === undefined) return;
  const visibility = textAt(item, 'visibility') ?? 'all';
  const name = textAt(item, 'name') as string;
  const chosen = to
    .answers('secretRepositories')
    .find(({ parts }) => parts.store === store && parts.secret === name);
  if (visibility === 'selected' && !chosen) {
    to.draft.cannotRead(
      ['HAS_SECRET'],
      `Which repositories have the secret ${name} of the organisation is in no file (${answer.file.replace(/\.json$/, '')}/${name}/repositories).`,
    );
    return;
  }
  const repositories =
    visibility === 'selected'
      ? (chosen?.items ?? []).flatMap((one) => textAt(one, 'name') ?? [])
      : to.repositoryNames(({ visibility: seen }) => visibility === 'all' || seen !== 'public');
  for (const repository of repositories) {
    to.draft.relate('HAS_SECRET', to.repository(repository), id, { needs: 'WRITE' });
  }
}

/** Whether an environment lets nothing run before somebody has reviewed it. */
function isReviewed(repo: string, environment: string, to: Converting): boolean {
  const list = to.answers('environments').find(({ parts }) => parts.repo === repo);
  const found = list?.items.find((item) => textAt(item, 'name') === environment);
  const rules = Array.isArray(found?.protection_rules) ? found.protection_rules : [];
  return rules.some((rule) => isObject(rule) && rule.type === 'required_reviewers');
}
