import { createHash } from 'node:crypto';
import type { CompanyOptions } from '../../src/generate/company.js';
import { generateCompany } from '../../src/generate/generate.js';
import type { SnapshotEnd, SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';

/** A relationship whose ends are ids. */
export interface Edge {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly row: SnapshotRelationship;
}

/** A whole company in memory: for tests of a few thousand humans. */
export interface Collected {
  readonly entities: readonly SnapshotEntity[];
  readonly kinds: ReadonlyMap<string, string>;
  readonly edges: readonly Edge[];
  /** Ends that name nobody, or an address that several humans have. */
  readonly dangling: readonly string[];
}

export function collect(options: CompanyOptions): Collected {
  const entities: SnapshotEntity[] = [];
  const rows: SnapshotRelationship[] = [];
  for (const { lines } of generateCompany(options)) {
    for (const line of lines) {
      if ('entity' in line) entities.push(line.entity);
      else rows.push(line.relationship);
    }
  }
  const kinds = new Map(entities.map(({ id, kind }) => [id, kind as string]));
  const addresses = addressBook(entities);
  const dangling: string[] = [];
  const resolve = (end: SnapshotEnd): string => {
    const id = typeof end === 'string' ? end : addresses.get(end.humanEmail.toLowerCase());
    if (id === undefined || !kinds.has(id)) dangling.push(JSON.stringify(end));
    return id ?? '';
  };
  const edges = rows.map((row) => ({ type: row.type, from: resolve(row.from), to: resolve(row.to), row }));
  return { entities, kinds, edges, dangling };
}

function addressBook(entities: readonly SnapshotEntity[]): Map<string, string> {
  const book = new Map<string, string>();
  for (const { kind, id, email } of entities) {
    if (kind !== 'Human') continue;
    const address = String(email).toLowerCase();
    book.set(address, book.has(address) ? '' : id);
  }
  return book;
}

/** The sha-256 of all bytes of a company, source after source. */
export function digest(options: CompanyOptions): string {
  const hash = createHash('sha256');
  for (const { header, lines } of generateCompany(options)) {
    hash.update(`${JSON.stringify(header)}\n`);
    for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  }
  return hash.digest('hex');
}

export function countBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** The longest chain that can be walked along edges, counted in edges; Infinity where there is a cycle. */
export function longestChain(edges: readonly Edge[]): number {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const depths = new Map<string, number>();
  const depth = (at: string): number => {
    const known = depths.get(at);
    if (known !== undefined) return known;
    depths.set(at, Number.POSITIVE_INFINITY);
    const found = (next.get(at) ?? []).reduce((most, to) => Math.max(most, depth(to) + 1), 0);
    depths.set(at, found);
    return found;
  };
  return [...next.keys()].reduce((most, at) => Math.max(most, depth(at)), 0);
}
