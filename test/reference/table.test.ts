import { describe, expect, test } from '@jest/globals';
import { KINDS, STATUSES } from '../../src/model/kinds.js';
import { RULES, type WalkRule } from '../../src/model/relationships.js';
import { plainGraphOf } from './plain-graph.js';
import { TABLE, type TableRow } from './table.js';

function ruleOf(row: TableRow): WalkRule | null {
  if (row.exposure === '–') return null;
  const gives = {
    top: 'FULL',
    used: 'USED',
    control: 'CONTROL',
    permission: 'PERMISSION',
    same: 'SAME',
  } as const;
  return {
    direction: row.exposure === '→' ? 'FORWARD' : row.exposure === '←' ? 'BACKWARD' : 'BOTH',
    crossesDead: row.crossesDead,
    heldOn: row.heldFrom,
    needsPermission: row.needsFromResource,
    ifAccess: row.onlyWithAccess,
    gives: gives[row.gives],
  };
}

describe('the product reads the table as it was read here', () => {
  test('the same types in the same order', () => {
    expect(RULES.map(({ type }) => type)).toEqual(TABLE.map(({ type }) => type));
  });

  test.each(TABLE.map((row) => [row.type, row] as const))('%s', (_type, row) => {
    const rule = RULES.find(({ type }) => type === row.type);
    expect(rule?.walk).toEqual(ruleOf(row));
    expect(rule?.sustainer ?? undefined).toBe(row.sustainer?.toUpperCase());
    expect([...(rule?.from ?? [])].sort()).toEqual([...row.from].sort());
    expect([...(rule?.to ?? [])].sort()).toEqual([...row.to].sort());
  });
});

test.each(KINDS)('what has ended is the same for a %s', (kind) => {
  const source = { id: 's', syncedAt: '2026-11-01T00:00:00.000Z' };
  const entities = [{ kind, id: 'x', status: 'ACTIVE', ended: true }];
  const graph = plainGraphOf([{ source, mode: 'delta', entities, relationships: [] }], 0);
  expect(graph.entities.get('x')?.status).toBe(STATUSES[kind].ended);
});
