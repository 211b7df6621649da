/**
 * Ids of what GitHub has, by the names that people know and that every list has: logins, slugs, names of repositories. What
 * has no such name has GitHub's number. Logins are the same in any case.
 */
export class Ids {
  constructor(
    readonly source: string,
    readonly organisation: string,
  ) {}

  readonly user = (login: string) => `${this.source}/user/${login.toLowerCase()}`;
  readonly team = (slug: string) => `${this.source}/team/${slug.toLowerCase()}`;
  readonly repository = (name: string) => `${this.source}/repo/${name.toLowerCase()}`;
  readonly deployKey = (repository: string, id: string) => `${this.repository(repository)}/key/${id}`;
  readonly repositorySecret = (repository: string, store: string, name: string) =>
    `${this.repository(repository)}/secret/${store}/${name}`;
  readonly environmentSecret = (repository: string, environment: string, name: string) =>
    `${this.repository(repository)}/environment/${environment}/secret/${name}`;
  readonly organisationSecret = (store: string, name: string) => `${this.source}/secret/${store}/${name}`;
  readonly credential = (id: string) => `${this.source}/credential/${id}`;
  readonly token = (id: string) => `${this.source}/token/${id}`;
  readonly app = (slug: string) => `${this.source}/app/${slug}`;
  readonly installation = (id: string) => `${this.source}/installation/${id}`;

  /** The organisation as a whole. */
  get whole(): string {
    return `${this.source}/org`;
  }

  /** All members of the organisation. */
  get members(): string {
    return `${this.source}/members`;
  }
}
