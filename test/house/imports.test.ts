import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesBelow, textOf } from './files.js';

/** Which folder of `src` may import which others: the one list of the import direction (itself is always allowed). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  graph: ['model'],
  generate: ['model'],
  import: ['model', 'store'],
  export: ['model', 'store'],
  store: ['model'],
  sources: ['model'],
  offboarding: ['model', 'graph', 'store', 'sources'],
  api: ['model', 'graph', 'store', 'sources', 'import', 'offboarding'],
  http: ['model', 'graph', 'store', 'import', 'offboarding', 'api', 'config'],
  config: ['model'],
  cli: ['*'],
  compose: ['*'],
  main: ['*'],
};

/** Within a folder, parts that stay apart: engines and source systems know their port, not one another. */
const APART = ['store', 'sources'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function imports(): Import[] {
  return filesBelow('src')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const found = [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
      return found.map((match) => ({ file, target: posix.join(posix.dirname(file), match[1]!) }));
    });
}

const folderOf = (path: string) => path.split('/')[1]!.replace(/\.(ts|js)$/, '');
const partOf = (path: string) => (path.split('/').length > 3 ? path.split('/')[2]! : '');

describe('imports go one way', () => {
  test('the list names every folder there is, and no other', () => {
    const folders = new Set(filesBelow('src').map(folderOf));
    expect([...folders].filter((folder) => MAY_IMPORT[folder] === undefined)).toEqual([]);
    const named = Object.entries(MAY_IMPORT).flatMap(([folder, others]) => [folder, ...others]);
    expect(named.filter((folder) => folder !== '*' && !folders.has(folder))).toEqual([]);
  });

  test('no folder imports what it may not', () => {
    const wrong = imports().filter(({ file, target }) => {
      const from = folderOf(file);
      const to = folderOf(target);
      if (!target.startsWith('src/')) return true;
      const allowed = MAY_IMPORT[from] ?? [];
      return from !== to && !allowed.includes(to) && !allowed.includes('*');
    });
    expect(wrong).toEqual([]);
  });

  test('only the port of stores and sources is seen from outside, and no engine sees another', () => {
    const builders = ['cli', 'compose', 'main'];
    const wrong = imports().filter(({ file, target }) => {
      const to = folderOf(target);
      if (!APART.includes(to) || partOf(target) === '' || builders.includes(folderOf(file))) return false;
      return folderOf(file) !== to || partOf(file) !== partOf(target);
    });
    expect(wrong).toEqual([]);
  });

  test('there are no cycles between files', () => {
    const edges = new Map<string, string[]>();
    for (const { file, target } of imports()) {
      const targets = edges.get(file) ?? [];
      targets.push(target.replace(/\.js$/, '.ts'));
      edges.set(file, targets);
    }
    expect(cycleIn(edges)).toEqual([]);
  });
});

/** The files of one cycle, or nothing. Types that refer to each other are a cycle too: move what both need. */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return path.slice(path.indexOf(file));
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
