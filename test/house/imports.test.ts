import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesBelow, textOf } from './files.js';

/** Which folder of `src` may import which others: the one list of the import direction (itself is always allowed). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  async: [],
  model: [],
  audit: ['model'],
  graph: ['async', 'model'],
  generate: ['model'],
  import: ['async', 'model', 'store'],
  export: ['async', 'model', 'store'],
  store: ['async', 'model'],
  sources: ['model'],
  offboarding: ['async', 'audit', 'model', 'graph', 'store', 'sources'],
  api: ['async', 'audit', 'model', 'graph', 'store', 'sources', 'import', 'offboarding'],
  http: ['async', 'model', 'graph', 'store', 'import', 'export', 'offboarding', 'api', 'config'],
  documents: [],
  client: ['*'],
  config: ['model'],
  cli: ['client', 'config', 'documents', 'model'],
  compose: ['model', 'graph', 'store', 'sources', 'import', 'offboarding', 'api', 'config'],
  main: ['async', 'model', 'store', 'import', 'api', 'http', 'config', 'compose', 'documents'],
};

/** Within a folder, parts that stay apart: engines and source systems know their port, not one another. */
const APART = ['store', 'sources'];

/** What every noun of the API stands on: its folders may import all of these. */
const API_BASE = [
  'access',
  'aggregate',
  'errors',
  'fields',
  'limits',
  'live',
  'operation',
  'paging',
  'types',
] as const;

/** Below a folder whose parts stay apart: the parts that all the others share. */
const SHARED = ['src/store/rows/'];

/**
 * The order inside a folder: which part of it may import which others (itself is always allowed). A part is a
 * subfolder; `.` is the files right in the folder, except those that are named as a part of their own
 * (`case-context.ts`). `*` is every part. The order is checked for circles, so no two parts import each other.
 */
const INNER_ORDER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'src/api': {
    '.': ['*'],
    attention: ['offboarding', 'workload', 'entity', ...API_BASE],
    cascade: ['offboarding', 'radii', 'source', 'entity', ...API_BASE],
    federation: ['node', 'entity', ...API_BASE],
    overview: ['people', 'radii', 'source', 'entity', ...API_BASE],
    policy: ['offboarding', 'entity', ...API_BASE],
    node: ['offboarding', 'audit', 'entity', ...API_BASE],
    offboarding: ['radii', 'relationship', 'source', 'entity', ...API_BASE],
    radii: ['relationship', 'source', 'entity', ...API_BASE],
    workload: ['radii', 'entity', ...API_BASE],
    relationship: ['source', 'entity', ...API_BASE],
    people: ['entity', ...API_BASE],
    'what-if': ['radii', 'entity', ...API_BASE],
    changes: ['radii', 'relationship', 'entity', ...API_BASE],
    search: ['entity', ...API_BASE],
    entity: ['source', ...API_BASE],
    source: API_BASE,
    audit: API_BASE,
    evidence: ['radii', ...API_BASE],
    'graph-change': API_BASE,
    import: API_BASE,
    viewer: API_BASE,
    etag: ['size', 'source', 'fields', 'operation'],
    trusted: ['size', 'limits'],
    size: ['fields', 'paging', 'errors', 'operation', 'limits', 'types'],
    plugins: ['errors', 'operation', 'limits'],
    fields: ['operation', 'access'],
    errors: ['operation', 'limits'],
    paging: ['limits'],
    operation: ['aggregate', 'limits', 'live', 'tracing', 'access'],
    limits: ['aggregate'],
    aggregate: ['types'],
    access: [],
    live: [],
    tracing: [],
    types: [],
  },
  'src/graph': {
    'auto-provider.ts': ['memory', '.'],
    follower: ['.'],
    'from-store': ['.'],
    memory: ['.'],
    radii: ['walk', '.'],
    walk: ['.'],
    '.': [],
  },
  'src/import': {
    '.': ['*'],
    steps: ['session', 'rules', 'reconcile', 'read', 'check', 'base'],
    'taken-back': ['reconcile', 'base'],
    session: ['rules', 'reconcile', 'read', 'credentials', 'base'],
    rules: ['reconcile', 'read', 'base'],
    reconcile: ['read', 'base'],
    read: ['credentials', 'check', 'base'],
    credentials: ['check', 'base'],
    check: ['base'],
    base: [],
  },
  // From bottom to top: the rules, what they decide, the plan made of that, the case that keeps the plan, whether
  // the case did what it was to do, the run that does it, and what is watched and shown afterwards.
  'src/offboarding': {
    '.': [],
    policy: ['.'],
    decide: ['policy', '.'],
    plan: ['decide', 'policy', '.'],
    'what-if': ['plan', 'decide', '.'],
    'case-context.ts': ['policy'],
    case: ['plan', 'decide', 'policy', 'case-context.ts', '.'],
    verify: ['case', 'plan', 'decide', 'policy', 'case-context.ts', '.'],
    execute: ['verify', 'case', 'plan', 'case-context.ts', '.'],
    'post-case': ['verify', 'case', 'case-context.ts', '.'],
    evidence: ['verify', 'case', 'plan', 'case-context.ts', '.'],
  },
  'src/offboarding/plan': {
    '.': [],
    phases: ['.'],
    cascade: ['phases', '.'],
    offboarding: ['phases', '.'],
  },
  'src/offboarding/case': { '.': [], cascade: ['.'] },
  'src/store': { '.': [], rows: ['.'], embedded: ['.', 'rows'], neo4j: ['.', 'rows'] },
  'src/sources': {
    '.': [],
    'aws-iam': ['.'],
    entra: ['.'],
    github: ['.'],
    google: ['.'],
    hr: ['.'],
    okta: ['.'],
    manual: ['.'],
    simulated: ['.'],
    webhook: ['.'],
  },
};

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

/** The part of a folder in which a file or an imported module lies; see {@link INNER_ORDER}. */
function innerPartOf(folder: string, path: string): string {
  const [first, ...more] = path.slice(folder.length + 1).split('/');
  if (more.length > 0) return first!;
  const file = first!.replace(/\.js$/, '.ts');
  return INNER_ORDER[folder]![file] === undefined ? '.' : file;
}

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
    const builders = ['client', 'compose', 'main'];
    const wrong = imports().filter(({ file, target }) => {
      const to = folderOf(target);
      if (!APART.includes(to) || partOf(target) === '' || builders.includes(folderOf(file))) return false;
      if (folderOf(file) !== to) return true;
      return partOf(file) !== partOf(target) && !SHARED.some((part) => target.startsWith(part));
    });
    expect(wrong).toEqual([]);
  });

  for (const [folder, order] of Object.entries(INNER_ORDER)) {
    test(`the inner order of ${folder} names every part there is, and no other`, () => {
      const parts = new Set(filesBelow(folder).map((file) => innerPartOf(folder, file)));
      const named = Object.entries(order).flatMap(([part, others]) => [part, ...others]);
      expect([...parts].filter((part) => order[part] === undefined)).toEqual([]);
      expect(named.filter((part) => part !== '*' && part !== '.' && !parts.has(part))).toEqual([]);
    });

    test(`no part of ${folder} imports what it may not`, () => {
      const wrong = imports().filter(({ file, target }) => {
        if (!file.startsWith(`${folder}/`) || !target.startsWith(`${folder}/`)) return false;
        const [from, to] = [innerPartOf(folder, file), innerPartOf(folder, target)];
        const allowed = order[from] ?? [];
        return from !== to && !allowed.includes(to) && !allowed.includes('*');
      });
      expect(wrong).toEqual([]);
    });

    test(`the inner order of ${folder} is an order`, () => {
      const others = (part: string) => Object.keys(order).filter((other) => other !== part);
      const edges = Object.entries(order).map(([part, may]) => [
        part,
        may.includes('*') ? others(part) : may,
      ]);
      expect(cycleIn(new Map(edges as [string, readonly string[]][]))).toEqual([]);
    });
  }

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

/** The files (or parts) of one cycle, or nothing. Types that refer to each other are a cycle too: move what both need. */
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
