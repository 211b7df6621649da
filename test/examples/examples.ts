import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'examples/dashboard';

/** One of the queries that come with the product, for whoever builds a dashboard. */
export interface Example {
  readonly file: string;
  readonly text: string;
}

/** In order of their names. Run from the top of the repository, as all tests are. */
export function examples(): Example[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ file: `${FOLDER}/${name}`, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
}
