import { detailDefinitions } from './action-details.js';
import { ACTION_KINDS } from './plan.js';

/** The parts of `schema/plan.schema.json` that this derives from code, and any others, which it leaves as they are. */
interface PlanSchema {
  readonly $defs: Readonly<Record<string, unknown>> & { readonly action: ActionSchema };
}

interface ActionSchema {
  readonly properties: Readonly<Record<string, object>>;
}

/**
 * The schema of plans with its actions as the code has them: the list of kinds, and the details of each kind.
 *
 * @param committed the file as it stands
 */
export function planSchemaOf(committed: PlanSchema): PlanSchema {
  const definitions = detailDefinitions();
  const { action, ...others } = committed.$defs;
  const { kind, ...properties } = action.properties;
  const plain = ACTION_KINDS.filter((name) => !(name in definitions));
  const derived = {
    ...action,
    properties: { ...properties, kind: { ...kind, enum: ACTION_KINDS } },
    allOf: [
      ...Object.keys(definitions).map((name) => whereKind({ const: name }, { $ref: `#/$defs/${name}` })),
      whereKind({ enum: plain }, { maxProperties: 0 }),
    ],
  };
  return { ...committed, $defs: { ...others, action: derived, ...definitions } };
}

/** A condition: an action of some kind has details of some shape. */
const whereKind = (kind: object, details: object) => ({
  if: { properties: { kind } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: { properties: { details } },
});
