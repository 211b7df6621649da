import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportedCompany, importCompany, warmUp } from './company.js';
import { benchHttp } from './http.js';
import { bareInserts } from './import-floor.js';
import { benchIndex } from './index-load.js';
import type { BenchOptions, Part } from './options.js';
import { benchRadius, loadGraphs } from './radius.js';
import { benchRanking } from './ranking.js';
import type { Aim, Line } from './table.js';
import type { Spent } from './timing.js';

const IMPORT_AIM: Aim = { ratio: 4 };

/**
 * Measures what was asked for, one size after the other. What it writes is gone afterwards.
 *
 * @param say hears what it is doing
 */
export async function bench({ parts, sizes }: BenchOptions, say: (doing: string) => void): Promise<Line[]> {
  const lines: Line[] = [];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'tendril-bench-'));
    try {
      lines.push(...(await benchSize(size, folder, parts, (doing) => say(`${size}: ${doing}`))));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return lines;
}

async function benchSize(
  size: number,
  folder: string,
  parts: readonly Part[],
  say: (doing: string) => void,
): Promise<Line[]> {
  say('import');
  await warmUp(join(folder, 'warm-up'));
  const company = await importCompany(size, folder);
  const lines: Line[] = [];
  if (parts.includes('import')) {
    say('bare inserts');
    lines.push(...importLines(company, await bareInserts(company.path, join(folder, 'bare.db'))));
  }
  if (parts.includes('index')) {
    say('index');
    lines.push(...(await benchIndex(company)));
  }
  if (parts.includes('radius') || parts.includes('ranking'))
    lines.push(...(await benchGraph(company, parts, say)));
  if (parts.includes('http')) {
    say('http');
    lines.push(...(await benchHttp(company)));
  }
  return lines;
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

async function benchGraph(
  company: ImportedCompany,
  parts: readonly Part[],
  say: (doing: string) => void,
): Promise<Line[]> {
  const graphs = await loadGraphs(company.path);
  const lines: Line[] = [];
  if (parts.includes('radius')) {
    say('radius');
    lines.push(...(await benchRadius(company, graphs)));
  }
  if (parts.includes('ranking')) {
    say('ranking');
    lines.push(benchRanking(company, graphs));
  }
  return lines;
}
