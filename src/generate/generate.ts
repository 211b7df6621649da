import type { SnapshotHeader, SnapshotLine } from '../model/snapshot.js';
import { Company, type CompanyOptions } from './company.js';
import { Lines } from './lines.js';
import { headerOf, type SystemDescription } from './system.js';
import { chat } from './systems/chat.js';
import { cloud } from './systems/cloud.js';
import { code } from './systems/code.js';
import { devices } from './systems/devices.js';
import { directory } from './systems/directory.js';
import { people } from './systems/people.js';
import { registry } from './systems/registry.js';
import { vault } from './systems/vault.js';
import { workspace } from './systems/workspace.js';

/** The snapshot of one source of a company. `lines` are generated as they are read, and again each time. */
export interface GeneratedSource {
  readonly header: SnapshotHeader;
  readonly lines: Iterable<SnapshotLine>;
}

const SYSTEMS: readonly SystemDescription[] = [
  people,
  directory,
  workspace,
  code,
  cloud,
  vault,
  chat,
  registry,
  devices,
];

/**
 * Generates an invented company, as its sources would report it. The snapshots are valid when all are imported
 * together in one commit.
 *
 * Only the lines of one human, team or division are held at a time, so a company of any size streams in constant
 * memory. The sources may be read in any order or side by side. The same options give the same lines.
 *
 * @throws RangeError where the options are not valid
 */
export function generateCompany(options: CompanyOptions): readonly GeneratedSource[] {
  const company = new Company(options);
  return SYSTEMS.map((description) => ({
    header: headerOf(company, description),
    lines: { [Symbol.iterator]: () => linesOf(company, description) },
  }));
}

function* linesOf(company: Company, { sections }: SystemDescription): Generator<SnapshotLine, void> {
  const lines = new Lines();
  for (const { count, write } of sections) {
    const units = count(company);
    for (let index = 0; index < units; index += 1) {
      write(company, index, lines);
      for (const line of lines.pending) yield line;
      lines.pending.length = 0;
    }
  }
}
