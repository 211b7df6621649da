import { describe, expect, test } from '@jest/globals';
import type { SnapshotDocument, SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';
import { plainGraphOf, reportsOf } from './plain-graph.js';

function document(
  id: string,
  mode: 'full' | 'delta',
  entities: readonly SnapshotEntity[],
  relationships: readonly SnapshotRelationship[],
): SnapshotDocument {
  return { source: { id, syncedAt: '2026-11-01T00:00:00.000Z' }, mode, entities, relationships };
}

const people = document(
  'hr',
  'full',
  [{ kind: 'Human', id: 'ada', email: 'Ada@acme.example', status: 'LEFT' }],
  [],
);
const git = document(
  'git',
  'full',
  [
    { kind: 'Account', id: 'a' },
    { kind: 'Account', id: 'b', managed: false },
    { kind: 'ServiceIdentity', id: 's' },
    { kind: 'Resource', id: 'r' },
    { kind: 'Token', id: 't', expiresAt: '1970-01-01T00:00:01.000Z', family: 'f' },
  ],
  [
    { type: 'HAS_ACCOUNT', from: { humanEmail: 'ADA@acme.example' }, to: 'a' },
    { type: 'CAN_ACCESS', from: 'a', to: 'r', permission: 'WRITE' },
    { type: 'CAN_ACCESS', from: 'a', to: 'r' },
    { type: 'CAN_ASSUME', from: 'r', to: 's', needs: 'ADMIN' },
    { type: 'OWNS', from: 'a', to: 's', access: false },
  ],
);

describe('the graph of a few documents', () => {
  const later = document(
    'git',
    'delta',
    [{ kind: 'Account', id: 'b', ended: true }],
    [{ type: 'CAN_ACCESS', from: 'a', to: 'r', permission: 'READ', ended: true }],
  );
  const other = document(
    'cmdb',
    'full',
    [],
    [
      { type: 'OWNS', from: 'a', to: 's' },
      { type: 'CAN_ASSUME', from: 'r', to: 's' },
      { type: 'HAS_ACCOUNT', from: 'ada', to: 'a', ended: true },
    ],
  );
  const graph = plainGraphOf([people, git, later, other], 7);
  const found = (type: string) => graph.relationships.filter((relationship) => relationship.type === type);

  test('entities with their defaults and their source', () => {
    expect(graph.now).toBe(7);
    expect(graph.entities.get('ada')).toMatchObject({ status: 'LEFT', source: 'hr' });
    expect(graph.entities.get('a')).toMatchObject({ status: 'ACTIVE', source: 'git', managed: true });
    expect(graph.entities.get('b')).toMatchObject({ status: 'DISABLED', managed: false });
    expect(graph.entities.get('s')).toMatchObject({ managed: false });
    expect(graph.entities.get('r')).toMatchObject({ personal: false });
    expect(graph.entities.get('t')).toMatchObject({ expiresAt: 1000, family: 'f', selfContained: false });
  });

  test('the strongest open claim of two sources holds, and one of them keeps it open', () => {
    expect(found('OWNS')).toEqual([
      expect.objectContaining({ from: 'a', to: 's', access: true, open: true }),
    ]);
    expect(found('CAN_ASSUME')).toEqual([expect.objectContaining({ needs: 'WRITE' })]);
    expect(found('HAS_ACCOUNT')).toEqual([expect.objectContaining({ from: 'ada', to: 'a', open: true })]);
  });

  test('CAN_ACCESS is one for a permission, and ends by itself', () => {
    const access = found('CAN_ACCESS').map(({ permission, open }) => [permission, open]);
    expect(access).toHaveLength(2);
    expect(access).toEqual(
      expect.arrayContaining([
        ['WRITE', true],
        ['READ', false],
      ]),
    );
  });

  test('a claim that has ended does not strengthen', () => {
    const ended = document('cmdb', 'delta', [], [{ type: 'OWNS', from: 'a', to: 's', ended: true }]);
    const after = plainGraphOf([people, git, other, ended], 7);
    expect(after.relationships.find(({ type }) => type === 'OWNS')).toMatchObject({
      open: true,
      access: false,
    });
  });

  test('a dangling end and a second full snapshot are refused', () => {
    expect(() => plainGraphOf([git], 7)).toThrow('dangling');
    expect(() => plainGraphOf([people, git, git], 7)).toThrow('full');
  });

  test('what sources look for', () => {
    expect(reportsOf([people, git]).get('hr')).toEqual(['Human']);
    expect(reportsOf([git]).get('git')).toContain('CAN_ACCESS');
  });
});
