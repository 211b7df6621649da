import { KINDS } from '../../model/kinds.js';
import { PROPERTIES } from '../../model/properties.js';
import type { EntityWrite } from '../draft.js';
import type { Parameters, Run } from './connection.js';
import { groupBy } from './group-by.js';
import { dateTime, whole } from './values.js';

/** Entities as people see them in Neo4j Browser: a node of the label `Entity` and the label of its kind. */

/** What the node of an entity shows: the properties of semantics, section 1; what is unknown is absent. */
export interface EntityView {
  readonly number: number;
  readonly kind: string;
  readonly properties: Parameters;
}

type Shown = Pick<
  EntityWrite,
  | 'number'
  | 'id'
  | 'kind'
  | 'name'
  | 'status'
  | 'externalId'
  | 'createdAt'
  | 'lastUsedAt'
  | 'firstSeenAt'
  | 'properties'
  | 'attributes'
>;

/** @param source the id of its source, where the store knows it. */
export function viewOf(entity: Shown, source: string | undefined): EntityView {
  const { number, id, kind, name, status, externalId, createdAt, lastUsedAt, firstSeenAt } = entity;
  const time = (at: number | null) => (at === null ? null : dateTime(at));
  return {
    number,
    kind,
    properties: {
      ...ownProperties(entity),
      number: whole(number),
      id,
      name,
      status,
      source: source ?? null,
      externalId,
      createdAt: time(createdAt),
      lastUsedAt: time(lastUsedAt),
      firstSeenAt: time(firstSeenAt),
      attributes: Object.keys(entity.attributes).length === 0 ? null : JSON.stringify(entity.attributes),
    },
  };
}

/** Properties of the kind: times as times, lists where they have something in them. */
function ownProperties({ kind, properties }: Shown): Parameters {
  const shown: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(PROPERTIES[kind])) {
    const value = properties[name];
    if (typeof value === 'number') shown[name] = type === 'time' ? dateTime(value) : value;
    else if (typeof value === 'string') shown[name] = value.toWellFormed();
    else if (typeof value === 'boolean') shown[name] = value;
    else if (Array.isArray(value) && value.length > 0)
      shown[name] = value.map((part) => String(part).toWellFormed());
  }
  return shown;
}

const ALL_KINDS = KINDS.join(':');

/** Makes nodes of entities that have none, one statement a kind. */
export async function create(run: Run, views: readonly EntityView[]): Promise<void> {
  await eachKind(views, (kind, rows) =>
    run(`UNWIND $p.rows AS row CREATE (e:Entity:${kind}) SET e = row`, { rows }),
  );
}

/** Shows entities whose nodes may be there already, as another kind even. */
export async function show(run: Run, views: readonly EntityView[]): Promise<void> {
  await eachKind(views, (kind, rows) =>
    run(
      `UNWIND $p.rows AS row MERGE (e:Entity {number: row.number})
       REMOVE e:${ALL_KINDS} SET e = row, e:${kind}`,
      { rows },
    ),
  );
}

async function eachKind(
  views: readonly EntityView[],
  send: (kind: string, rows: readonly Parameters[]) => Promise<unknown>,
): Promise<void> {
  const kinds = [...groupBy(views, (view) => view.kind)];
  await Promise.all(
    kinds.map(([kind, rows]) =>
      send(
        kind,
        rows.map(({ properties }) => properties),
      ),
    ),
  );
}
