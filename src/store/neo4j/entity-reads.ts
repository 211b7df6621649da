import type { SourceNumber } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { asEntity, type EntityRow } from '../rows/entity.js';
import type { Connection } from './connection.js';
import { emailKey } from './email-key.js';
import { RETURN_ENTITY, versionOf } from './entity-row.js';
import type { ReadPoint } from './read-point.js';
import { integer, integers } from './values.js';

/** Reads of entities by id, number, email and source. */

const BY_ID = `UNWIND $p.ids AS id MATCH (e:Entity {id: id}) USING INDEX SEEK e:Entity(id)
  WITH at, e.number AS number ${versionOf('number')} ${RETURN_ENTITY}`;
const BY_NUMBER = `UNWIND $p.numbers AS number ${versionOf('number')} ${RETURN_ENTITY}`;
const BY_EMAIL = `UNWIND $p.emails AS email MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(email)
  WHERE v.email = email AND v.fromRevision <= at AND v.toRevision > at ${RETURN_ENTITY} ORDER BY v.id`;
const OF_SOURCE = `MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(source, number)
  WHERE v.source = $p.source AND v.number > $p.after AND v.fromRevision <= at AND v.toRevision > at
  WITH at, v ORDER BY v.source, v.number LIMIT $p.limit ${RETURN_ENTITY} ORDER BY v.number`;

export async function entitiesById(
  connection: Connection,
  ids: readonly string[],
  point: ReadPoint,
): Promise<(EntityRecord | undefined)[]> {
  if (ids.length === 0) return [];
  const found = await read(connection, BY_ID, point, { ids: [...new Set(ids)] });
  const byId = new Map(found.map((entity) => [entity.id, entity]));
  return ids.map((id) => byId.get(id));
}

export async function entitiesByNumber(
  connection: Connection,
  numbers: readonly number[],
  point: ReadPoint,
): Promise<(EntityRecord | undefined)[]> {
  if (numbers.length === 0) return [];
  const found = await read(connection, BY_NUMBER, point, { numbers: integers(new Set(numbers)) });
  const byNumber = new Map(found.map((entity) => [entity.number, entity]));
  return numbers.map((number) => byNumber.get(number));
}

/** Humans by email, in order of id. */
export function entitiesByEmail(
  connection: Connection,
  emails: readonly string[],
  point: ReadPoint,
): Promise<EntityRecord[]> {
  return read(connection, BY_EMAIL, point, { emails: [...new Set(emails.map(emailKey))] });
}

/** Entities of a source after a number, in order of number. */
export function entitiesOfSource(
  connection: Connection,
  source: SourceNumber,
  page: { readonly after: number; readonly limit: number },
  point: ReadPoint,
): Promise<EntityRecord[]> {
  return read(connection, OF_SOURCE, point, {
    source: integer(source),
    after: integer(page.after),
    limit: integer(page.limit),
  });
}

/** Numbers by id, including those that a draft has sent. */
export async function numbersById(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await connection.read<[string, number]>(
    `UNWIND $p.ids AS id MATCH (e:Entity {id: id}) USING INDEX SEEK e:Entity(id) RETURN id, e.number`,
    { ids: [...new Set(ids)] },
  );
  return new Map(rows);
}

async function read(
  connection: Connection,
  cypher: string,
  point: ReadPoint,
  parameters: Readonly<Record<string, unknown>>,
): Promise<EntityRecord[]> {
  const rows = await connection.read<EntityRow>(`${point.cypher} ${cypher}`, {
    ...parameters,
    at: integer(point.revision),
  });
  return rows.map(asEntity);
}
