/**
 * What the details of an action contain, by its kind. This table is the one source: the types below are derived from
 * it, and `npm run schema` writes it into `schema/plan.schema.json`.
 *
 * An id is a text of one character or more. A property that is not required is left out where it does not apply.
 */
const text = <D extends string>(description: D) => ({ type: 'string', minLength: 1, description }) as const;
const optionalText = <D extends string>(description: D) =>
  ({ type: ['string', 'null'], minLength: 1, description }) as const;
const timeOrNull = <D extends string>(description: D) =>
  ({ type: ['string', 'null'], format: 'date-time', description }) as const;
const texts = <D extends string>(description: D) =>
  ({ type: 'array', items: { type: 'string', minLength: 1 }, description }) as const;

/** Actions of a kind that is not here have no details. */
export const ACTION_DETAILS = {
  PROVISION_IDENTITY: {
    description: 'What an identity is made for.',
    required: ['for'],
    properties: {
      for: text('Id of the workload it is made for.'),
      inPlaceOf: text(
        'Id of the account it stands in the place of; absent: it is the one that grants and issues.',
      ),
      groupsNotCopied: texts(
        'Groups of that account. What came by them is not copied: whoever narrows it adds what is missing.',
      ),
    },
  },
  PROVISION_GRANT: {
    description: 'What a grant is made for.',
    required: ['replaces', 'for'],
    properties: {
      replaces: text('Id of the grant it replaces.'),
      for: text('Id of the workload it is made for.'),
    },
  },
  ISSUE_TOKEN: {
    description: 'What a token is issued for.',
    required: ['replaces'],
    properties: {
      replaces: text('Id of the token it replaces.'),
      for: text('Id of the workload it is made for; absent: for everybody who uses the old one.'),
      writtenTo: texts(
        'Secrets that are to store it. Its value is written to all of them as soon as it is issued, or never.',
      ),
    },
  },
  REVOKE_TOKEN: {
    description: 'What the source has to know of a token.',
    required: ['tokenType', 'family'],
    properties: {
      tokenType: optionalText('Type of the token; null: unknown.'),
      family: optionalText('Its family in its source; null: none is known.'),
      selfContained: {
        const: true,
        description:
          'Whoever checks the token asks nobody: it works until it expires, so that its status stays as it is.',
      },
      worksUntil: timeOrNull('With selfContained: when it expires; null: never, as far as is known.'),
    },
  },
  ROTATE_SECRET: {
    description: 'What rotating a secret takes.',
    required: ['unit', 'completeWhenDead', 'consumers'],
    properties: {
      unit: texts('Every secret of the rotation unit: all get the one new version.'),
      completeWhenDead: texts(
        'Tokens that the old value gives to whoever knows it. Until each of them is dead the secret stays ROTATION_REQUIRED and the ends of KNOWS among the changes wait; then they come about, and rotatedAt is set.',
      ),
      consumers: texts('Live workloads that have to take the new version.'),
      takenAlong: {
        const: true,
        description:
          'Only places of the leaver keep it: it gets no new version, and becomes REVOKED when the rotation is complete.',
      },
    },
  },
  TRANSFER_OWNERSHIP: {
    description: 'Who takes over.',
    required: ['to'],
    properties: { to: text('Id of who answers from now on.') },
  },
  CHANGE_DECLARATION: {
    description: 'What is declared there and has to be changed or taken out there too.',
    required: ['things'],
    properties: {
      things: texts(
        'What is declared there and changes with the plan: what is ended at the thing alone comes back.',
      ),
    },
  },
  RETIRE: {
    description: 'What stays behind a job that is retired by itself.',
    required: [],
    properties: { credentialsLeft: texts('What the job used: it stays with its owners.') },
  },
} as const;

type Detailed = keyof typeof ACTION_DETAILS;

/** The value that a property of the table describes. */
type ValueOf<P> = P extends { const: infer Value }
  ? Value
  : P extends { type: 'array' }
    ? readonly string[]
    : P extends { type: 'string' }
      ? string
      : string | null;

/** The value that an entry of the table describes. */
type ContentOf<E extends { required: readonly string[]; properties: object }> = {
  readonly [N in keyof E['properties'] & E['required'][number]]: ValueOf<E['properties'][N]>;
} & {
  readonly [N in Exclude<keyof E['properties'], E['required'][number]>]?: ValueOf<E['properties'][N]>;
};

/** The details of an action of a kind. */
export type DetailsOf<K extends string> = K extends Detailed
  ? ContentOf<(typeof ACTION_DETAILS)[K]>
  : Readonly<Record<never, never>>;

/** Every property that some kind of action has, each of them optional: for readers to whom the kind does not matter. */
export type AnyDetails = {
  readonly [N in PropertyName]?: {
    [K in Detailed]: N extends keyof Properties<K> ? ValueOf<Properties<K>[N]> : never;
  }[Detailed];
} & Partial<UndoDetails>;

/** The details of an action that undoes another one, which no plan has. */
export type UndoDetails = {
  /** Id of the action that it undoes. */
  readonly undoes: string;
  /** With WRITE_SECRET: ids of the tokens that the secret holds no longer. */
  readonly removes?: readonly string[];
};

type Properties<K extends Detailed> = (typeof ACTION_DETAILS)[K]['properties'];
type PropertyName = { [K in Detailed]: keyof Properties<K> }[Detailed];

/** A property of an entity as details have it: a text, or null where it is unknown. */
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The table as JSON Schema: the definition of each kind that has details, by its name. */
export function detailDefinitions(): Readonly<Record<Detailed, object>> {
  const entries = Object.entries(ACTION_DETAILS).map(([kind, { description, required, properties }]) => [
    kind,
    { type: 'object', description, additionalProperties: false, required, properties },
  ]);
  return Object.fromEntries(entries) as Record<Detailed, object>;
}
