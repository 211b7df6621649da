import { describe, expect, test } from '@jest/globals';
import { generateCompany } from '../../src/generate/generate.js';
import { idProblem, OWN_PREFIX } from '../../src/model/ids.js';
import { type Kind, statusesOf } from '../../src/model/kinds.js';
import { COMMON_PROPERTIES, PROPERTIES, type PropertyRule } from '../../src/model/properties.js';
import { isAllowedPair, type RelationshipType, ruleOf } from '../../src/model/relationships.js';
import type { SnapshotEntity } from '../../src/model/snapshot.js';
import { parseTime } from '../../src/model/time.js';
import { collect, countBy, type Edge, longestChain } from './support.js';

/** Keys of an item that are no properties of its kind or type. */
const ENTITY_KEYS = new Set(['kind', 'id', 'name', 'status', 'attributes']);
const RELATIONSHIP_KEYS = new Set(['type', 'from', 'to', 'startedAt', 'evidence']);

const repeated = (counts: Map<string, number>) => [...counts].filter(([, count]) => count > 1);

function fits(rule: PropertyRule, value: unknown): boolean {
  if (rule.type === 'boolean') return typeof value === 'boolean';
  if (rule.type === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (typeof value !== 'string') return false;
  if (rule.type === 'time' || rule.type === 'day') return parseTime(value) !== undefined;
  return rule.type === 'string' || rule.type.includes(value);
}

function entityProblems(entity: SnapshotEntity): string[] {
  const rules: Readonly<Record<string, PropertyRule>> = { ...COMMON_PROPERTIES, ...PROPERTIES[entity.kind] };
  const wrong = Object.entries(entity).filter(([key, value]) => {
    if (ENTITY_KEYS.has(key)) return false;
    const rule = rules[key];
    return rule === undefined || !fits(rule, value);
  });
  const problems = wrong.map(([key, value]) => `${entity.id} ${key} ${String(value)}`);
  if (idProblem(entity.id) !== undefined || entity.id.startsWith(OWN_PREFIX)) problems.push(entity.id);
  const { status } = entity;
  if (status !== undefined && !statusesOf(entity.kind).includes(status))
    problems.push(`${entity.id} ${status}`);
  return problems;
}

function relationshipProblems({ row, type }: Edge): string[] {
  const allowed: readonly string[] = ruleOf(type as RelationshipType).properties;
  const times = [row.startedAt, row.lastReadAt].filter((time) => time !== undefined);
  return [
    ...Object.keys(row).filter((key) => !RELATIONSHIP_KEYS.has(key) && !allowed.includes(key)),
    ...times.filter((time) => parseTime(time) === undefined),
  ];
}

/** Every kind of what GRANTED and TO_APP may not do twice for one grant. */
const ends = (edges: readonly Edge[], type: string, end: 'from' | 'to') =>
  countBy(
    edges.filter((edge) => edge.type === type),
    (edge) => edge[end],
  );

describe.each([1, 8, 300, 2000])('a company of %i humans is valid', (humans) => {
  const { entities, kinds, edges, dangling } = collect({ humans, seed: 11 });

  test('has so many humans', () => {
    expect(entities.filter(({ kind }) => kind === 'Human')).toHaveLength(humans);
  });

  test('ids are unique, and every end is an entity', () => {
    expect(repeated(countBy(entities, ({ id }) => id))).toEqual([]);
    expect(dangling).toEqual([]);
  });

  test('entities have properties of their kind only, of the right type', () => {
    expect(entities.flatMap(entityProblems)).toEqual([]);
  });

  test('relationships pair what the table allows, with properties of their type', () => {
    const wrong = edges.filter(
      ({ type, from, to }) =>
        !isAllowedPair(type as RelationshipType, kinds.get(from) as Kind, kinds.get(to) as Kind),
    );
    expect(wrong.map(({ row }) => row)).toEqual([]);
    expect(edges.flatMap(relationshipProblems)).toEqual([]);
  });

  test('no two relationships have one key, and none leads from a thing to itself', () => {
    const key = ({ type, from, to, row }: Edge) => `${type} ${from} ${to} ${row.permission ?? ''}`;
    expect(repeated(countBy(edges, key))).toEqual([]);
    expect(edges.filter(({ from, to }) => from === to)).toEqual([]);
  });

  test('a grant has one that granted it and one app', () => {
    const grants = entities.filter(({ kind }) => kind === 'Grant').map(({ id }) => id);
    const sources = ends(edges, 'GRANTED', 'to');
    const targets = ends(edges, 'TO_APP', 'from');
    expect(grants.filter((id) => sources.get(id) !== 1 || targets.get(id) !== 1)).toEqual([]);
  });

  test('what everybody consented to is granted by an app or a service identity', () => {
    const forAll = new Set(
      entities
        .filter(
          ({ consentType, grantType }) => consentType === 'ALL_PRINCIPALS' || grantType === 'DOMAIN_WIDE',
        )
        .map(({ id }) => id),
    );
    const granters = edges.filter(({ type, to }) => type === 'GRANTED' && forAll.has(to));
    expect(granters.length).toBe(forAll.size);
    expect(granters.filter(({ from }) => kinds.get(from) === 'Account')).toEqual([]);
  });

  test.each(['DELEGATED_TO', 'CONTAINS', 'REPORTS_TO', 'MEMBER_OF'])('%s has no cycle', (type) => {
    expect(longestChain(edges.filter((edge) => edge.type === type))).toBeLessThan(20);
  });

  test('a source that reports a kind or type says that it looks for it', () => {
    for (const { header, lines } of generateCompany({ humans, seed: 11 })) {
      const said = new Set(header.source.reports);
      const found = new Set(
        [...lines].map((line) => ('entity' in line ? line.entity.kind : line.relationship.type)),
      );
      expect([...found].filter((word) => !said.has(word))).toEqual([]);
      if (humans === 2000) expect([...said].filter((word) => !found.has(word as Kind))).toEqual([]);
    }
  });
});
