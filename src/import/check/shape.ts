import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { KINDS, kindCode } from '../../model/kinds.js';
import { PROPERTIES } from '../../model/properties.js';
import { RELATIONSHIP_TYPES, typeCode } from '../../model/relationships.js';
import { type Flaw, type ImportRule, quoteValue } from '../base/problems.js';
import { SNAPSHOT_SCHEMA_ID, snapshotSchema } from './schema.js';

/** Validators of single items, from the published schema. Each is compiled on first use. */
class Shapes {
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly ajv: Ajv2020;

  constructor(allErrors: boolean) {
    // The schema itself is tested and needs no validation; `strictTypes` would refuse its unions with null.
    const options = { allowUnionTypes: true, validateSchema: false } as const;
    this.ajv = new Ajv2020({ ...options, allErrors, verbose: allErrors });
    this.ajv.addSchema(snapshotSchema());
  }

  of(name: string): ValidateFunction {
    let validate = this.compiled.get(name);
    if (validate === undefined) {
      validate = this.ajv.getSchema(`${SNAPSHOT_SCHEMA_ID}#/$defs/${name}`) as ValidateFunction;
      this.compiled.set(name, validate);
    }
    return validate;
  }
}

// Valid items are cheap to check when the validator stops at the first error. An invalid one is checked again for all.
const fast = new Shapes(false);
let thorough: Shapes | undefined;

const NONE: readonly Flaw[] = [];

/** The flaws in the form of an entity. @param full whether the snapshot is full: then no item is marked as ended */
export function entityFlaws(value: unknown, full: boolean): readonly Flaw[] {
  if (!isObject(value))
    return [
      { field: '', rule: 'BAD_PROPERTY', message: 'An entity is a JSON object: { "kind": …, "id": … }.' },
    ];
  const { kind } = value;
  if (typeof kind !== 'string' || kindCode(kind) === undefined) {
    const said = kind === undefined ? 'The kind is missing' : `${quoteValue(kind)} is no kind`;
    return [{ field: 'kind', rule: 'UNKNOWN_KIND', message: `${said}; kinds are ${KINDS.join(', ')}.` }];
  }
  return flaws(kind, value, full);
}

/** The flaws in the form of a relationship. */
export function relationshipFlaws(value: unknown, full: boolean): readonly Flaw[] {
  if (!isObject(value)) {
    return [
      {
        field: '',
        rule: 'BAD_PROPERTY',
        message: 'A relationship is a JSON object: { "type": …, "from": …, "to": … }.',
      },
    ];
  }
  const { type } = value;
  if (typeof type !== 'string' || typeCode(type) === undefined) {
    const said = type === undefined ? 'The type is missing' : `${quoteValue(type)} is no relationship type`;
    const message = `${said}; types are ${RELATIONSHIP_TYPES.join(', ')}.`;
    return [{ field: 'type', rule: 'UNKNOWN_TYPE', message }];
  }
  return flaws(type, value, full);
}

/** The flaws in the form of a header, which has `source` and `mode`. */
export function headerFlaws(value: unknown): readonly Flaw[] {
  return isObject(value)
    ? flaws('header', value, false)
    : [{ field: '', rule: 'BAD_PROPERTY', message: 'A header is a JSON object with source and mode.' }];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flaws(shape: string, value: Record<string, unknown>, full: boolean): readonly Flaw[] {
  const ended = full && value.ended === true ? [ENDED_IN_FULL] : NONE;
  if (fast.of(shape)(value)) return ended;
  thorough ??= new Shapes(true);
  const validate = thorough.of(shape);
  validate(value);
  const found = new Map<string, Flaw>();
  for (const error of validate.errors ?? []) {
    const flaw = worded(shape, error);
    if (!found.has(flaw.field)) found.set(flaw.field, flaw);
  }
  return [...found.values(), ...ended];
}

const ENDED_IN_FULL: Flaw = {
  field: 'ended',
  rule: 'BAD_PROPERTY',
  message: 'In a full snapshot an item has ended when it is left out; "ended" is for a delta.',
};

function worded(shape: string, error: ErrorObject): Flaw {
  const path = error.instancePath.slice(1).split('/').join('.');
  const within = (name: string) => (path === '' ? name : `${path}.${name}`);
  const end = /^(from|to)\b/.exec(path)?.[0];
  if (end !== undefined) {
    const message = 'An end is the id of an entity (1 to 512 characters) or { "humanEmail": "…" }.';
    return { field: end, rule: 'BAD_ID', message };
  }
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties ?? {}) as object).join(', ');
    const message = `${quoteValue(name)} is no property of ${shape}; it has ${known}.`;
    return { field: within(name.slice(0, 80).toWellFormed()), rule: 'BAD_PROPERTY', message };
  }
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    return { field: within(name), rule: ruleOfField(within(name)), message: `${name} is missing: add it.` };
  }
  return { field: path, rule: ruleOfField(path, error), message: expectation(path, error) };
}

/** The rule that a wrong value of a field breaks. */
function ruleOfField(path: string, error?: ErrorObject): ImportRule {
  if (path === 'source.id' && error?.keyword === 'minLength') return 'EMPTY_SOURCE';
  if (path === 'id' || path === 'source.id') return 'BAD_ID';
  if (path === 'status') return 'BAD_STATUS';
  if (path.startsWith('source.reports.') || /^couldNotRead\.\d+\.kinds\.\d+$/.test(path))
    return 'UNKNOWN_KIND';
  const isTime = /(^|\.)(\w+At)$/.test(path) || DAYS.has(path);
  return isTime ? 'BAD_TIME' : 'BAD_PROPERTY';
}

/** Properties that are times although their names do not end in `At`. */
const DAYS = new Set(
  Object.values(PROPERTIES).flatMap((rules) =>
    Object.entries(rules).flatMap(([name, { type }]) => (type === 'day' ? [name] : [])),
  ),
);

function expectation(path: string, error: ErrorObject): string {
  const got = quoteValue(error.data);
  if (path === 'status' && error.data === 'EXPIRED') {
    return 'EXPIRED is never reported: it follows from expiresAt. Report ACTIVE and the time it expires.';
  }
  switch (error.keyword) {
    case 'enum': {
      const allowed = (error.params.allowedValues as unknown[]).filter((word) => word !== null);
      return `${got} is not one of ${allowed.join(', ')}.`;
    }
    case 'pattern':
      return ruleOfField(path) === 'BAD_TIME'
        ? `${got} is no ISO 8601 time such as 2026-11-01 or 2026-11-01T09:00:00.000Z.`
        : 'An id has no control characters: leave them out.';
    case 'minLength':
      return path.endsWith('because') ? 'Say why, in a sentence.' : 'An id has at least one character.';
    case 'minItems':
      return 'Name at least one kind or relationship type.';
    case 'maxLength':
      return `This is longer than ${String(error.params.limit)} characters: shorten it.`;
    case 'maxItems':
      return `This has more than ${String(error.params.limit)} items: leave some out.`;
    case 'type':
      return `This has to be ${words(error.params.type)}, not ${got}.`;
    default:
      return `This is not allowed: ${error.message ?? error.keyword}.`;
  }
}

function words(type: unknown): string {
  const types = Array.isArray(type) ? type.filter((name) => name !== 'null') : [type];
  const articles: Record<string, string> = {
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a JSON object',
  };
  return types.map((name) => articles[String(name)] ?? String(name)).join(' or ');
}
