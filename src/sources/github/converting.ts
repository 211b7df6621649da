import type { RowProblems } from '../row-problems.js';
import type { SnapshotDraft } from '../snapshot-draft.js';
import type { Answer, ListName } from './answers.js';
import type { Ids } from './ids.js';
import { Reach } from './reach.js';

/** What lists say of a repository beside its name. */
interface RepositoryFacts {
  readonly visibility?: string | undefined;
  readonly archived?: true | undefined;
}

/** One conversion under way: the answers that are read, and the snapshot that comes of them. */
export class Converting {
  readonly reach: Reach;
  private readonly repositories = new Map<string, RepositoryFacts>();

  constructor(
    private readonly read: readonly Answer[],
    readonly draft: SnapshotDraft,
    readonly ids: Ids,
    /** Addresses by login. */
    readonly people: ReadonlyMap<string, string>,
    /** Whether the company manages the accounts (Enterprise Managed Users). */
    readonly managed: boolean,
    readonly problems: RowProblems,
  ) {
    this.reach = new Reach(draft);
  }

  answers(list: ListName): readonly Answer[] {
    return this.read.filter((answer) => answer.list === list);
  }

  /** The Resource of a repository, which is added where it is named for the first time. */
  repository(name: string, facts: RepositoryFacts = {}): string {
    const id = this.ids.repository(name);
    if (!this.repositories.has(id)) this.repositories.set(id, facts);
    const isNew = this.draft.add({
      kind: 'Resource',
      id,
      name,
      status: 'ACTIVE',
      resourceType: 'repository',
      url: `https://github.com/${this.ids.organisation}/${name}`,
      attributes: { ...facts },
    });
    if (isNew) this.draft.relate('CONTAINS', this.ids.whole, id);
    return id;
  }

  isPublic(id: string): boolean {
    return this.repositories.get(id)?.visibility === 'public';
  }

  /** Names of the repositories of which the facts hold. */
  repositoryNames(holds: (facts: RepositoryFacts) => boolean): string[] {
    const prefix = this.ids.repository('');
    return [...this.repositories].filter(([, facts]) => holds(facts)).map(([id]) => id.slice(prefix.length));
  }
}
