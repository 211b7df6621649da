import { basename } from 'node:path';
import { examples } from '../../examples/examples.js';
import { startIds } from '../starts.js';

/** What is sent for one question. */
export interface Body {
  readonly query?: string;
  readonly documentId?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const HELLO: readonly Body[] = [{ query: '{ hello }' }];

/** The queries of `examples/dashboard`, by name: the service that is measured trusts these. */
export const DOCUMENTS: Readonly<Record<string, string>> = Object.fromEntries(
  examples().map(({ file, text }) => [basename(file, '.graphql'), text]),
);

/** The one that is about a person. */
const PERSON = 'leaver';
/** How many different people a dashboard looks at while it is measured. */
const PEOPLE = 60;

/** What dashboards ask: the pages for everybody in turn, and people again and again. */
export function dashboardMix(humans: number): Body[] {
  const people = startIds(humans);
  const every = Math.max(1, Math.floor(people.length / PEOPLE));
  const chosen = people.filter((_, at) => at % every === 0);
  const pages = Object.keys(DOCUMENTS).filter((name) => name !== PERSON);
  return chosen.flatMap((human, at) => [
    { documentId: pages[at % pages.length] as string },
    { documentId: PERSON, variables: { human } },
  ]);
}

/** What of it does not change while the graph stands still, and so has an `ETag`. */
export const standing = (bodies: readonly Body[]): Body[] =>
  bodies.filter(({ documentId }) => documentId !== 'cases');
