import { type Kind, STATUSES } from '../../model/kinds.js';
import { PROPERTIES, type PropertyRule } from '../../model/properties.js';
import type { SnapshotEntity } from '../../model/snapshot.js';
import { parseTime } from '../../model/time.js';
import { type Flaw, quoteValue } from '../base/problems.js';

/** An entity as a source reports it: defaults filled in, times in milliseconds, unknown ones null or absent. */
export interface ReportedEntity {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly status: string;
  readonly externalId: string | null;
  readonly createdAt: number | null;
  readonly lastUsedAt: number | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly ended: boolean;
}

/** The properties of each kind as pairs, made once and not for every entity. */
const RULES = Object.fromEntries(
  Object.entries(PROPERTIES).map(([kind, rules]) => [kind, Object.entries(rules)]),
) as unknown as Readonly<Record<Kind, readonly (readonly [string, PropertyRule])[]>>;

/** Reads an item whose form has been checked. @param flawed is called for times that do not exist */
export function readEntity(item: SnapshotEntity, flawed: (flaw: Flaw) => void): ReportedEntity {
  const time = (name: string): number | null => {
    const text = item[name];
    if (typeof text !== 'string') return null;
    const at = parseTime(text);
    if (at === undefined) flawed(badTime(name, text));
    return at ?? null;
  };
  const properties: Record<string, unknown> = {};
  for (const [name, rule] of RULES[item.kind]) {
    const at = rule.type === 'time' || rule.type === 'day' ? time(name) : null;
    const value = rule.type === 'time' ? at : (item[name] ?? rule.default);
    if (value !== undefined && value !== null) properties[name] = value;
  }
  const { externalId } = item;
  return {
    id: item.id,
    kind: item.kind,
    name: item.name ?? item.id,
    status: item.status ?? (STATUSES[item.kind].live[0] as string),
    externalId: typeof externalId === 'string' ? externalId : null,
    createdAt: time('createdAt'),
    lastUsedAt: time('lastUsedAt'),
    properties,
    attributes: item.attributes ?? {},
    ended: item.ended === true,
  };
}

/** The flaw of a text that has the form of a time that does not exist, such as a 30th of February. */
export function badTime(field: string, text: string): Flaw {
  return {
    field,
    rule: 'BAD_TIME',
    message: `${quoteValue(text)} has the form of a time, but there is no such moment.`,
  };
}
