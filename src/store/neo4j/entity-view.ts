import { KINDS, type Kind } from '../../model/kinds.js';
import { PROPERTIES } from '../../model/properties.js';
import type { EntityWrite } from '../draft.js';
import { type Column, type Columns, columnsOf } from './columns.js';
import type { Parameters, Run } from './connection.js';
import { groupBy } from './group-by.js';

/** Entities as people see them in Neo4j Browser: nodes with the label `Entity` and the label of their kind. */

/** The properties of the node of an entity: those of semantics, section 1. Unknown ones are absent. */
export interface EntityView {
  readonly kind: Kind;
  readonly row: readonly unknown[];
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

/** @param source the id of its source, where the store knows it */
export function viewOf(entity: Shown, source: string | undefined): EntityView {
  const { number, id, kind, name, status, externalId, createdAt, lastUsedAt, firstSeenAt } = entity;
  return {
    kind,
    row: SHOWN[kind].row({
      ...ownProperties(entity),
      number,
      id,
      name,
      status,
      source,
      externalId,
      createdAt,
      lastUsedAt,
      firstSeenAt,
      attributes: Object.keys(entity.attributes).length === 0 ? null : JSON.stringify(entity.attributes),
    }),
  };
}

/** The properties of the kind. Empty lists are left out. */
function ownProperties({ kind, properties }: Shown): Parameters {
  const shown: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(PROPERTIES[kind])) {
    const value = properties[name];
    if (typeof value === 'number' || typeof value === 'boolean') shown[name] = value;
    else if (type === 'time') shown[name] = null;
    else if (typeof value === 'string') shown[name] = value.toWellFormed();
    else if (Array.isArray(value) && value.length > 0)
      shown[name] = value.map((part) => String(part).toWellFormed());
  }
  return shown;
}

/** The columns of the nodes of each kind. */
const SHOWN = Object.fromEntries(KINDS.map((kind) => [kind, columnsOf(columnsOfKind(kind))])) as Readonly<
  Record<Kind, Columns<string>>
>;

function columnsOfKind(kind: Kind): Record<string, Column> {
  const own = Object.entries(PROPERTIES[kind]).map(([name, { type }]): [string, Column] => [
    name,
    type === 'time' ? 'datetime' : 'plain',
  ]);
  return {
    number: 'integer',
    ...Object.fromEntries(own),
    id: 'plain',
    name: 'plain',
    status: 'plain',
    source: 'plain',
    externalId: 'plain',
    createdAt: 'datetime',
    lastUsedAt: 'datetime',
    firstSeenAt: 'datetime',
    attributes: 'plain',
  };
}

const ALL_KINDS = KINDS.join(':');

/** Creates the nodes of entities that have none, with one statement for each kind. */
export async function create(run: Run, views: readonly EntityView[]): Promise<void> {
  await eachKind(views, (kind, rows) =>
    run(`UNWIND $p.rows AS row CREATE (e:Entity:${kind} {${SHOWN[kind].properties}})`, { rows }),
  );
}

/** Writes the nodes of entities that may have one already, even of another kind. */
export async function show(run: Run, views: readonly EntityView[]): Promise<void> {
  await eachKind(views, (kind, rows) =>
    run(
      `UNWIND $p.rows AS row MERGE (e:Entity {number: toInteger(row[0])})
       REMOVE e:${ALL_KINDS} SET e = {${SHOWN[kind].properties}}, e:${kind}`,
      { rows },
    ),
  );
}

async function eachKind(
  views: readonly EntityView[],
  send: (kind: Kind, rows: readonly (readonly unknown[])[]) => Promise<unknown>,
): Promise<void> {
  const kinds = [...groupBy(views, (view) => view.kind)];
  await Promise.all(
    kinds.map(([kind, rows]) =>
      send(
        kind,
        rows.map(({ row }) => row),
      ),
    ),
  );
}
