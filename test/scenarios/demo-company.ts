import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from '../../src/model/kinds.js';
import type { RelationshipType } from '../../src/model/relationships.js';
import type {
  SnapshotDocument,
  SnapshotEnd,
  SnapshotEntity,
  SnapshotHeader,
  SnapshotLine,
  SnapshotRelationship,
} from '../../src/model/snapshot.js';

/**
 * The demo company as it is on disk; tests run from build/test/scenarios. A path and not a URL, because a file's
 * name has a percent sign in it, which a URL would decode.
 */
const FOLDER = fileURLToPath(new URL('../../../seed/demo/', import.meta.url));

export interface DemoFile {
  readonly name: string;
  readonly document: SnapshotDocument;
}

/** A relationship whose ends are ids, and the source that reports it. An end that nobody is, is empty. */
export interface ResolvedRelationship extends Omit<SnapshotRelationship, 'from' | 'to'> {
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

export const demoFiles: readonly DemoFile[] = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ name, document: parse(readFileSync(join(FOLDER, name), 'utf8')) }));

export const demoDocuments: readonly SnapshotDocument[] = demoFiles.map(({ document }) => document);

const all = demoDocuments.flatMap(({ entities }) => entities);

export const entities: ReadonlyMap<string, SnapshotEntity> = new Map(
  all.map((entity) => [entity.id, entity]),
);

export const relationships: readonly ResolvedRelationship[] = demoDocuments.flatMap((document) =>
  document.relationships.map((relationship) => ({
    ...relationship,
    from: idOf(relationship.from),
    to: idOf(relationship.to),
    source: document.source.id,
  })),
);

function parse(text: string): SnapshotDocument {
  const [first, ...rest] = text.trimEnd().split('\n');
  const header = JSON.parse(first as string) as SnapshotHeader;
  const lines = rest.map((line) => JSON.parse(line) as SnapshotLine);
  return {
    ...header,
    entities: lines.flatMap((line) => ('entity' in line ? [line.entity] : [])),
    relationships: lines.flatMap((line) => ('relationship' in line ? [line.relationship] : [])),
  };
}

/** The id of an end: where it is an address, of the one human who has it; empty where none or several do. */
function idOf(end: SnapshotEnd): string {
  if (typeof end === 'string') return entities.has(end) ? end : '';
  const address = end.humanEmail.toLowerCase();
  const found = all.filter(({ kind, email }) => kind === 'Human' && String(email).toLowerCase() === address);
  return found.length === 1 ? (found[0] as SnapshotEntity).id : '';
}

export function ofKind(kind: Kind, properties: Record<string, unknown> = {}): readonly SnapshotEntity[] {
  const wanted = Object.entries(properties);
  return all.filter(
    (entity) => entity.kind === kind && wanted.every(([name, value]) => entity[name] === value),
  );
}

export function entity(id: string): SnapshotEntity {
  return entities.get(id) as SnapshotEntity;
}

/** Relationships of a type that lead away from an entity. */
export function out(id: string, type: RelationshipType): readonly ResolvedRelationship[] {
  return relationships.filter((each) => each.type === type && each.from === id);
}

/** Relationships of a type that lead to an entity. */
export function into(id: string, type: RelationshipType): readonly ResolvedRelationship[] {
  return relationships.filter((each) => each.type === type && each.to === id);
}
