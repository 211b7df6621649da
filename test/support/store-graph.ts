import type { EntityRecord } from '../../src/model/entity.js';
import { PERMISSIONS } from '../../src/model/levels.js';
import { RULES, ruleOf } from '../../src/model/relationships.js';
import {
  codeAccess,
  codeNeeds,
  codeOpen,
  codePermission,
  codeRequired,
  codeSustains,
  codeType,
} from '../../src/model/rows.js';
import type { Store } from '../../src/store/store.js';
import type { PlainEntity, PlainGraph, PlainRelationship } from '../reference/index.js';

/** What the plain reading of the rules looks at, of an entity. */
const LOOKED_AT = [
  'expiresAt',
  'family',
  'managed',
  'personal',
  'sensitivity',
  'consentType',
  'grantType',
  'tokenType',
  'selfContained',
  'criticality',
  'approval',
  'lastRunAt',
] as const;

/**
 * A store as it stands, or stood, in the plain form that the reference reads: from its rows, not by way of any index.
 *
 * @param wanted only entities with such an id, and what relates them to one another.
 */
export async function graphOf(
  store: Store,
  now: number,
  revision: number,
  wanted: (id: string) => boolean = () => true,
): Promise<PlainGraph> {
  const sources = new Map((await store.sources(revision)).map(({ number, id }) => [number, id]));
  const ids = new Map<number, string>();
  const entities = new Map<string, PlainEntity>();
  const relationships: PlainRelationship[] = [];
  for await (const rows of store.scan(0, revision)) {
    const numbers = [...rows.entities.entity.slice(0, rows.entities.count)];
    for (const record of await store.entitiesByNumber(numbers, revision)) {
      if (record === undefined || !wanted(record.id)) continue;
      ids.set(record.number, record.id);
      entities.set(record.id, plainEntity(record, sources.get(record.source) ?? ''));
    }
    for (let at = 0; at < rows.relationships.count; at += 1) {
      const from = ids.get(rows.relationships.from[at] as number);
      const to = ids.get(rows.relationships.to[at] as number);
      if (from === undefined || to === undefined) continue;
      relationships.push(plainRelationship(from, to, rows.relationships.code[at] as number));
    }
  }
  return { now, entities, relationships };
}

function plainEntity(record: EntityRecord, source: string): PlainEntity {
  const { id, kind, status, lastUsedAt, properties } = record;
  const known = LOOKED_AT.filter((name) => properties[name] !== undefined);
  const own = Object.fromEntries(known.map((name) => [name, properties[name]]));
  return { ...own, id, kind, status, source, ...(lastUsedAt === null ? {} : { lastUsedAt }) };
}

function plainRelationship(from: string, to: string, code: number): PlainRelationship {
  const { type } = RULES[codeType(code)]!;
  const { properties } = ruleOf(type);
  return {
    type,
    from,
    to,
    open: codeOpen(code),
    permission: PERMISSIONS[codePermission(code) - 1] ?? 'READ',
    needs: PERMISSIONS[codeNeeds(code) - 1] ?? 'WRITE',
    required: properties.includes('required') ? codeRequired(code) : true,
    access: properties.includes('access') ? codeAccess(code) : true,
    sustains: codeSustains(code),
  };
}
