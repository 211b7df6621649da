import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportedCompany, importCompany, warmUp } from './company.js';
import { benchHttp } from './http.js';
import { bareInserts } from './import-floor.js';
import { benchIndex } from './index-load.js';
import { benchNeo4j } from './neo4j.js';
import type { BenchOptions, Part } from './options.js';
import { benchPlanning } from './planning.js';
import { benchRadius, loadGraphs } from './radius.js';
import { benchRanking } from './ranking.js';
import type { Aim, Line } from './table.js';
import type { Spent } from './timing.js';

const IMPORT_AIM: Aim = { ratio: 4 };

/**
 * Measures what was asked for, one size after the other, and gives the lines of each part when it is done. What
 * it writes is gone afterwards.
 *
 * @param say hears what it is doing
 */
export async function* bench(
  { parts, sizes }: BenchOptions,
  say: (doing: string) => void,
): AsyncGenerator<readonly Line[]> {
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'tendril-bench-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    try {
      yield* benchSize(size, folder, parts, (doing) => say(`${size}: ${doing}`));
    } finally {
      process.off('exit', remove);
      remove();
    }
  }
}

async function* benchSize(
  size: number,
  folder: string,
  parts: readonly Part[],
  say: (doing: string) => void,
): AsyncGenerator<readonly Line[]> {
  say('import');
  await warmUp(join(folder, 'warm-up'));
  const company = await importCompany(size, folder);
  if (parts.includes('import')) {
    say('bare inserts');
    yield importLines(company, await bareInserts(company.path, join(folder, 'bare.db')));
  }
  if (parts.includes('index')) {
    say('index');
    yield await benchIndex(company);
  }
  if (parts.includes('radius') || parts.includes('ranking')) yield* benchGraph(company, parts, say);
  if (parts.includes('planning')) {
    say('planning');
    yield await benchPlanning(company);
  }
  if (parts.includes('neo4j')) yield await benchNeo4j(company, say);
  if (parts.includes('http')) {
    say('http');
    yield await benchHttp(company);
  }
}

function importLines({ size, imported }: ImportedCompany, floor: Spent): Line[] {
  const line = (measure: string, took: number, bare: number): Line => ({
    size,
    measure,
    unit: 'ms',
    result: { median: took },
    floor: { median: bare },
    aim: IMPORT_AIM,
  });
  return [
    line('import, to bare inserts', imported.wall, floor.wall),
    line('import, to bare inserts, processor time', imported.cpu, floor.cpu),
  ];
}

async function* benchGraph(
  company: ImportedCompany,
  parts: readonly Part[],
  say: (doing: string) => void,
): AsyncGenerator<readonly Line[]> {
  const graphs = await loadGraphs(company.path);
  if (parts.includes('radius')) {
    say('radius');
    yield await benchRadius(company, graphs);
  }
  if (parts.includes('ranking')) {
    say('ranking');
    yield [benchRanking(company, graphs)];
  }
}
