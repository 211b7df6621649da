import type { SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';

/**
 * A company of a few lines. An entity is `Kind id {properties}`, of the source `it` unless its properties have
 * another `in`; it is ACTIVE unless they say otherwise. A relationship is `from TYPE to {properties}`.
 */
export interface MadeUp {
  readonly entities: readonly string[];
  readonly relationships: readonly string[];
}

/** The snapshots that report a made-up company: all relationships are reported by `it`. */
export function documentsOf({ entities, relationships }: MadeUp): readonly unknown[] {
  const bySource = new Map<string, SnapshotEntity[]>([['it', []]]);
  for (const line of entities) {
    const { words, properties } = readLine(line);
    const [kind, id] = words;
    const { in: source = 'it', ...rest } = properties as { in?: string };
    const entity = { kind, id, name: id, status: 'ACTIVE', ...rest } as unknown as SnapshotEntity;
    bySource.set(source, [...(bySource.get(source) ?? []), entity]);
  }
  return [...bySource].map(([id, own]) => ({
    source: { id, name: id, syncedAt: '2026-11-20T00:00:00.000Z', actuation: 'SIMULATED' },
    mode: 'full',
    entities: own,
    relationships: id === 'it' ? relationships.map(relationshipOf) : [],
  }));
}

function relationshipOf(line: string): SnapshotRelationship {
  const { words, properties } = readLine(line);
  const [from, type, to] = words;
  return { type, from, to, ...properties } as unknown as SnapshotRelationship;
}

/** A line of words, and what is said of them in braces. */
export function readLine(line: string): { words: string[]; properties: Record<string, unknown> } {
  const at = line.indexOf('{');
  const [head, tail] = at === -1 ? [line, '{}'] : [line.slice(0, at), line.slice(at)];
  return { words: head.trim().split(' '), properties: JSON.parse(tail) as Record<string, unknown> };
}
