/** A question that is asked over HTTP. */
export interface Question {
  readonly name: string;
  readonly query: string;
}

const ABOUT = 'revision complete summary { highestPermission byKind { kind count } }';
const STEPS = 'path { from { id } relationship { type } to { id } }';
const MEMBER = 'distance permission held entity { id kind name }';
const page = (set: string) => `${set}(first: 50) { totalCount nodes { ${MEMBER} ${STEPS} } }`;

/** The exposure as one large page; and what a console shows first: a page of every set, explained by paths. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'exposure, up to 1,000 rows',
    query: `query ($human: ID!) { blastRadius(human: $human) { ${ABOUT}
      exposure(first: 1000) { totalCount nodes { ${MEMBER} } } } }`,
  },
  {
    name: 'every set, up to 50 rows each, with paths',
    query: `query ($human: ID!) { blastRadius(human: $human) { ${ABOUT}
      coverage { source { id } lastSync entities stale } blindSpots { account { id } missing }
      ${['exposure', 'continuity', 'orphans', 'cut'].map(page).join('\n')}
      conflicts(first: 50) { totalCount nodes { entity { id kind name } resolution workloads { id } ${STEPS} } } } }`,
  },
];
