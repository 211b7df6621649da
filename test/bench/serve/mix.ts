import { startIds } from '../starts.js';

/** What is sent for one question. */
export interface Body {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const HELLO: readonly Body[] = [{ query: '{ hello }' }];

const OVERVIEW = `query Overview { overview { revision lingering unowned byKind { kind count live }
  byStatus { status count } bySource { source { id name } lastSync entities stale } staleSources { id } } }`;
const RANKING = `query Ranking { exposureRanking(first: 20) { totalCount
  nodes { exposed highestPermission human { id name email status } } } }`;
const LINGERING = `query Lingering { lingeringAccess(first: 20) { totalCount
  nodes { exposed highestPermission human { id name } } } }`;
const LEAVER = `query Leaver($human: ID!) { blastRadius(human: $human) { revision complete
  summary { highestPermission byKind { kind count } bySensitivity { sensitivity count } }
  exposure(first: 20) { totalCount nodes { distance permission held entity { id kind name } } }
  conflicts(first: 10) { totalCount nodes { entity { id name } resolution } } } }`;
const CASES = `query Cases { offboardings(first: 20) { totalCount nodes { id state human { name } } }
  attention(first: 20) { totalCount nodes { kind why since } } }`;

/** How many different people a dashboard looks at while it is measured. */
const PEOPLE = 60;

/** What dashboards ask: the page for everybody now and then, and people again and again. */
export function dashboardMix(humans: number): Body[] {
  const people = startIds(humans);
  const every = Math.max(1, Math.floor(people.length / PEOPLE));
  const chosen = people.filter((_, at) => at % every === 0);
  const pages = [OVERVIEW, RANKING, LINGERING, CASES];
  return chosen.flatMap((human, at) => [
    { query: pages[at % pages.length] as string },
    { query: LEAVER, variables: { human } },
  ]);
}
