import { KINDS, type Kind, statusesOf } from '../../model/kinds.js';
import { PERMISSIONS } from '../../model/levels.js';
import { COMMON_PROPERTIES, PROPERTIES, type PropertyRule } from '../../model/properties.js';
import {
  allowedPairs,
  RELATIONSHIP_TYPES,
  type RelationshipProperty,
  ruleOf,
} from '../../model/relationships.js';
import { MAX_COULD_NOT_READ, MAX_SCOPES, MAX_TEXT_LENGTH } from '../base/limits.js';
import {
  KIND_SENTENCES,
  PROPERTY_SENTENCES,
  RELATIONSHIP_PROPERTY_SENTENCES,
  TYPE_SENTENCES,
} from './sentences.js';

/** The id of the format. A change that refuses what was accepted before gets the next number. */
export const SNAPSHOT_SCHEMA_ID = 'urn:tendril:snapshot:1';

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

const TEXT: Schema = { type: ['string', 'null'], maxLength: MAX_TEXT_LENGTH };
const FLAG: Schema = { type: ['boolean', 'null'] };
const TIME: Schema = {
  type: ['string', 'null'],
  pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d))?$',
};
const SCOPES: Schema = {
  type: ['array', 'null'],
  maxItems: MAX_SCOPES,
  items: { type: 'string', maxLength: MAX_TEXT_LENGTH },
};
const WORDS = (words: readonly string[]): Schema => ({ enum: [...words, null] });

function describedProperty(name: string, rule: PropertyRule): Schema {
  return { ...propertySchema(rule), description: PROPERTY_SENTENCES[name] };
}

function propertySchema({ type }: PropertyRule): Schema {
  if (typeof type !== 'string') return WORDS(type);
  const schemas = {
    string: ref('text'),
    boolean: FLAG,
    time: ref('time'),
    day: ref('time'),
    url: ref('text'),
    zone: ref('text'),
    strings: ref('scopes'),
  };
  return schemas[type as keyof typeof schemas];
}

function entitySchema(kind: Kind): Schema {
  const own = { ...COMMON_PROPERTIES, ...PROPERTIES[kind] };
  return {
    description: KIND_SENTENCES[kind],
    type: 'object',
    required: ['kind', 'id'],
    additionalProperties: false,
    properties: {
      kind: { const: kind },
      id: { ...ref('id'), description: 'Unique over all sources, and for good.' },
      name: { ...ref('text'), description: 'What people call it. Left out: the id.' },
      status: {
        enum: [...statusesOf(kind), null],
        description: 'How it stands. Left out: the first, which is live.',
      },
      ...Object.fromEntries(Object.entries(own).map(([name, rule]) => [name, describedProperty(name, rule)])),
      attributes: { type: ['object', 'null'], description: 'What the model does not name. No credentials.' },
      ended: ref('ended'),
    },
  };
}

const RELATIONSHIP_PROPERTIES: Readonly<Record<RelationshipProperty, Schema>> = {
  permission: WORDS(PERMISSIONS),
  needs: WORDS(PERMISSIONS),
  required: FLAG,
  access: FLAG,
  sustains: FLAG,
  how: ref('text'),
  lastReadAt: ref('time'),
  scopes: ref('scopes'),
};

function relationshipSchema(type: (typeof RELATIONSHIP_TYPES)[number]): Schema {
  const own = ruleOf(type).properties.map(
    (name) =>
      [
        name,
        { ...RELATIONSHIP_PROPERTIES[name], description: RELATIONSHIP_PROPERTY_SENTENCES[name] },
      ] as const,
  );
  return {
    description: `${allowedPairs(type)}. ${TYPE_SENTENCES[type]}`,
    type: 'object',
    required: ['type', 'from', 'to'],
    additionalProperties: false,
    properties: {
      type: { const: type },
      from: ref('end'),
      to: ref('end'),
      ...Object.fromEntries(own),
      startedAt: { ...ref('time'), description: RELATIONSHIP_PROPERTY_SENTENCES.startedAt },
      evidence: { ...ref('text'), description: "The source's own words for it." },
      ended: ref('ended'),
    },
  };
}

const SOURCE: Schema = {
  type: 'object',
  required: ['id', 'syncedAt'],
  additionalProperties: false,
  properties: {
    id: { ...ref('id'), description: 'Also names the file of an export, whose name has 255 bytes at most.' },
    vendor: { ...ref('text'), description: 'What kind of system it is, such as github.' },
    name: { ...ref('text'), description: 'What people call it.' },
    syncedAt: {
      ...ref('time'),
      description:
        'When the source was read; at most 5 minutes ahead of the clock. Of what one source says of an item, the later holds.',
    },
    actuation: {
      ...ref('text'),
      description: 'How an action takes effect: MANUAL (default), WEBHOOK, SIMULATED or a connector.',
    },
    reports: {
      type: ['array', 'null'],
      items: { enum: [...KINDS, ...RELATIONSHIP_TYPES] },
      description: 'The kinds and types the source looks for. Left out: those in the file.',
    },
  },
};

const COULD_NOT_READ: Schema = {
  type: ['array', 'null'],
  maxItems: MAX_COULD_NOT_READ,
  items: {
    type: 'object',
    required: ['kinds', 'because'],
    additionalProperties: false,
    properties: {
      kinds: {
        type: 'array',
        minItems: 1,
        items: { enum: [...KINDS, ...RELATIONSHIP_TYPES] },
        description: 'The kinds of entities and types of relationships that could not be read.',
      },
      account: {
        type: ['string', 'null'],
        minLength: 1,
        maxLength: 512,
        description: 'The id of the account of which they could not be read. Left out: of all.',
      },
      because: {
        type: 'string',
        minLength: 1,
        maxLength: MAX_TEXT_LENGTH,
        description: 'Why, in a sentence: for example that the list was refused for want of a permission.',
      },
    },
  },
  description:
    'What the source could not read: a list that was refused, half read, or empty for want of a permission. What ' +
    'is missing of it stays as it was, and answers say that it is unknown. In a full snapshot it replaces what ' +
    'was said before; a delta only adds to it.',
};

const MODE: Schema = {
  enum: ['full', 'delta'],
  description:
    'full: what this source reported before and does not report now has ended. delta: adds and changes; ' +
    'an item replaces the whole item reported before (a property it leaves out is forgotten), and an item ' +
    'with "ended": true has ended. What a delta does not mention stays as it was.',
};

const SHARED: Readonly<Record<string, Schema>> = {
  id: { type: 'string', minLength: 1, maxLength: 512, pattern: '^[^\\p{Cc}]*$' },
  text: TEXT,
  time: { ...TIME, description: 'ISO 8601: a day, or a moment with its offset from UTC.' },
  scopes: SCOPES,
  ended: { type: ['boolean', 'null'], description: 'true only in a delta: this item has ended.' },
  end: {
    description: "An entity's id, or the human with an address (in any case of letters).",
    anyOf: [
      ref('id'),
      {
        type: 'object',
        required: ['humanEmail'],
        additionalProperties: false,
        properties: { humanEmail: { type: 'string', minLength: 3, maxLength: 512 } },
      },
    ],
  },
};

/** The import format as JSON Schema 2020-12, from the model's tables; published as a file (api, section 2). */
export function snapshotSchema(): Schema {
  const entities = KINDS.map((kind) => [kind, entitySchema(kind)] as const);
  const relationships = RELATIONSHIP_TYPES.map((type) => [type, relationshipSchema(type)] as const);
  const notEnded = {
    type: ['array', 'null'],
    items: { type: 'object', properties: { ended: { enum: [false, null] } } },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: SNAPSHOT_SCHEMA_ID,
    title: 'Tendril snapshot',
    description:
      'What one source reports, as one JSON document. The NDJSON form has the header (source, mode and couldNotRead) on its ' +
      'first line and then one item a line: see $defs/line. A property that is null counts as left out.',
    type: 'object',
    required: ['source', 'mode'],
    additionalProperties: false,
    properties: {
      source: ref('source'),
      mode: MODE,
      couldNotRead: ref('couldNotRead'),
      entities: orNull({ type: 'array', items: ref('entity') }),
      relationships: orNull({ type: 'array', items: ref('relationship') }),
    },
    if: { properties: { mode: { const: 'full' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name.
    then: { properties: { entities: notEnded, relationships: notEnded } },
    $defs: {
      header: {
        type: 'object',
        required: ['source', 'mode'],
        additionalProperties: false,
        properties: { source: ref('source'), mode: MODE, couldNotRead: ref('couldNotRead') },
      },
      line: {
        description: 'A line of the NDJSON form after the header.',
        oneOf: [lineOf('entity'), lineOf('relationship')],
      },
      source: SOURCE,
      couldNotRead: COULD_NOT_READ,
      entity: { oneOf: KINDS.map((kind) => ref(kind)) },
      relationship: { oneOf: RELATIONSHIP_TYPES.map((type) => ref(type)) },
      ...SHARED,
      ...Object.fromEntries(entities),
      ...Object.fromEntries(relationships),
    },
  };
}

function lineOf(name: string): Schema {
  return {
    type: 'object',
    required: [name],
    additionalProperties: false,
    properties: { [name]: ref(name) },
  };
}
