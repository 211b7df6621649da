import { describe, expect, test } from '@jest/globals';
import { idProblem } from '../../src/model/ids.js';
import { KINDS, statusesOf } from '../../src/model/kinds.js';
import { PERMISSIONS } from '../../src/model/levels.js';
import { COMMON_PROPERTIES, PROPERTIES, type PropertyType } from '../../src/model/properties.js';
import { isAllowedPair, RELATIONSHIP_TYPES, ruleOf } from '../../src/model/relationships.js';
import type { SnapshotEntity } from '../../src/model/snapshot.js';
import { parseTime } from '../../src/model/time.js';
import {
  demoDocuments,
  demoFiles,
  entities,
  entity,
  into,
  ofKind,
  out,
  type ResolvedRelationship,
  relationships,
} from './demo-company.js';

const everyEntity = demoDocuments.flatMap((document) => document.entities);
const describeOne = ({ type, from, to }: ResolvedRelationship) => `${type} ${from} -> ${to}`;

describe('the files of the demo company', () => {
  test('are six, each full, named for its source and simulated', () => {
    expect(demoFiles).toHaveLength(6);
    for (const { name, document } of demoFiles) {
      expect(name).toBe(`${encodeURIComponent(document.source.id)}.ndjson`);
      expect(document).toMatchObject({ mode: 'full', source: { actuation: 'SIMULATED' } });
      expect(parseTime(document.source.syncedAt)).toBeLessThan(Date.parse('2026-11-23T09:00:00.000Z'));
    }
  });

  test('say honestly what each source looks for: at least what is in its file', () => {
    for (const { source, entities: own, relationships: told } of demoDocuments) {
      const inFile = new Set<string>([...own.map(({ kind }) => kind), ...told.map(({ type }) => type)]);
      const known: readonly string[] = [...KINDS, ...RELATIONSHIP_TYPES];
      expect([...inFile].filter((word) => !source.reports?.includes(word))).toEqual([]);
      expect(source.reports?.filter((word) => !known.includes(word))).toEqual([]);
    }
  });

  test('leave one stale source, and one source with accounts that does not tell of tokens', () => {
    const stale = demoDocuments.filter(({ source }) => source.syncedAt < '2026-11-22T09:00:00.000Z');
    expect(stale.map(({ source }) => source.id)).toEqual(['aws:fennmarsh']);
    const silent = demoDocuments.filter(
      ({ source }) => source.reports?.includes('Account') && !source.reports.includes('Token'),
    );
    expect(silent.map(({ source }) => source.id)).toEqual(['google:fennmarsh']);
  });

  test('hold forty and some people', () => {
    expect(ofKind('Human').length).toBeGreaterThanOrEqual(36);
    expect(ofKind('Human').length).toBeLessThanOrEqual(44);
  });
});

describe('every entity', () => {
  test('has an id of its own, under its source', () => {
    expect(entities.size).toBe(everyEntity.length);
    expect(everyEntity.filter(({ id }) => idProblem(id) !== undefined)).toEqual([]);
    for (const { source, entities: own } of demoDocuments) {
      expect(own.filter(({ id }) => !id.startsWith(`${source.id}/`))).toEqual([]);
    }
  });

  test('has a kind, a name and a status of its kind', () => {
    const wrong = everyEntity.filter(
      ({ kind, name, status }) => !KINDS.includes(kind) || !name || !statusesOf(kind).includes(`${status}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has no property but those of its kind, each of its type', () => {
    expect(everyEntity.flatMap(propertyProblems)).toEqual([]);
  });

  test('was not used before it was made, nor after its source was read', () => {
    for (const { source, entities: own } of demoDocuments) {
      for (const { id, createdAt, lastUsedAt, lastRunAt } of own) {
        const times = [createdAt ?? '', lastUsedAt ?? lastRunAt ?? '~', source.syncedAt];
        const [made, used, read] = times as [string, string, string];
        expect([id, made <= used, used === '~' || used <= read]).toEqual([id, true, true]);
      }
    }
  });

  test('keeps no more of a credential than a short fingerprint', () => {
    for (const { fingerprint } of ofKind('Secret'))
      expect(fingerprint ?? 'fp:0000').toMatch(/^fp:[0-9a-f]{4}$/);
    // Credentials are long runs of letters and digits together; nothing that people write for people is.
    const runs = JSON.stringify(demoDocuments).match(/[A-Za-z0-9+=]{16,}/g) ?? [];
    expect(runs.filter((run) => /\d/.test(run))).toEqual([]);
  });
});

describe('every relationship', () => {
  test('has two ends that are there, over all files together', () => {
    expect(relationships.filter(({ from, to }) => from === '' || to === '')).toEqual([]);
  });

  test('is a pairing that the table allows', () => {
    const wrong = relationships.filter(
      ({ type, from, to }) => !isAllowedPair(type, entity(from).kind, entity(to).kind),
    );
    expect(wrong.map(describeOne)).toEqual([]);
  });

  test('is told once, with no property but those of its type', () => {
    const keys = relationships.map((each) => `${describeOne(each)} ${each.permission ?? ''}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    const known = ['type', 'from', 'to', 'source', 'startedAt', 'evidence'];
    for (const each of relationships) {
      const more: readonly string[] = ruleOf(each.type).properties;
      expect(Object.keys(each).filter((name) => !known.includes(name) && !more.includes(name))).toEqual([]);
      expect(PERMISSIONS).toContain(each.permission ?? 'READ');
      expect(PERMISSIONS).toContain(each.needs ?? 'READ');
      expect(parseTime(each.lastReadAt ?? '2026-01-01')).toBeDefined();
    }
  });

  test('leaves a grant one granting principal and one app', () => {
    for (const { id } of ofKind('Grant')) {
      expect([id, into(id, 'GRANTED').length, out(id, 'TO_APP').length]).toEqual([id, 1, 1]);
    }
  });

  test('never makes an account lose what was consented for everybody', () => {
    const forAll = [
      ...ofKind('Grant', { consentType: 'ALL_PRINCIPALS' }),
      ...ofKind('Grant', { grantType: 'DOMAIN_WIDE' }),
    ];
    expect(forAll.length).toBeGreaterThan(0);
    for (const { id } of forAll) {
      expect(into(id, 'GRANTED').filter(({ from }) => entity(from).kind === 'Account')).toEqual([]);
    }
  });

  test.each(['DELEGATED_TO', 'CONTAINS', 'REPORTS_TO'] as const)('of %s comes back to nothing', (type) => {
    for (const id of entities.keys()) expect(follow(id, type)).not.toContain(id);
  });

  test('leads every person but one to somebody they report to', () => {
    const heads = ofKind('Human').filter(({ id }) => out(id, 'REPORTS_TO').length !== 1);
    expect(heads.map(({ name }) => name)).toEqual(['Ingrid Solvang']);
  });
});

function propertyProblems(each: SnapshotEntity): string[] {
  const known = { ...COMMON_PROPERTIES, ...PROPERTIES[each.kind] };
  const plain = ['kind', 'id', 'name', 'status', 'attributes'];
  return Object.entries(each).flatMap(([name, value]) => {
    if (plain.includes(name)) return [];
    const rule = known[name];
    return rule && isOfType(value, rule.type) ? [] : [`${each.id}: ${name}`];
  });
}

function isOfType(value: unknown, type: PropertyType): boolean {
  if (type === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'url') return value.startsWith('https://');
  if (type === 'zone') return Intl.supportedValuesOf('timeZone').includes(value);
  if (type === 'time' || type === 'day') return parseTime(value) !== undefined;
  return type === 'string' || type.includes(value);
}

/** All that a type leads to from an entity, over any number of steps. */
function follow(id: string, type: 'DELEGATED_TO' | 'CONTAINS' | 'REPORTS_TO'): readonly string[] {
  const found = new Set<string>();
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const { to } of out(at, type)) {
      if (!found.has(to)) waiting.push(to);
      found.add(to);
    }
  }
  return [...found];
}
