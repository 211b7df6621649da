import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesBelow, sources, textOf } from './files.js';
import { anchorsOf, headingsOf, linksOf, pages, proseOf } from './markdown.js';

/** The pages of `docs/design` that comments cite by their names. */
const DESIGN = ['semantics', 'api', 'mapping', 'sources', 'triggers', 'console', 'house'] as const;

const files = new Set(filesBelow('.'));
const known = { files, folders: new Set([...files].flatMap(foldersOf)) };

const page = (name: string) => `docs/design/${name}.md`;

/** The text of a file with every comment on one line. */
const joined = (file: string) => textOf(file).replace(/\n\s*(\*|\/\/) ?/g, ' ');

describe('comments', () => {
  test('cite sections of the design that are there', () => {
    const cited = new RegExp(
      `\\b(${DESIGN.join('|')})(?:\\.md)?,? (?:end of )?sections? (\\d+)(?: (?:and|to) (\\d+))?(?:, \\*([^*]+)\\*)?`,
      'g',
    );
    const wrong: string[] = [];
    for (const file of sources()) {
      for (const [words, name, first, last, part] of joined(file).matchAll(cited)) {
        const headings = headingsOf(page(name!));
        const missing = [first, last].filter(
          (number) => number !== undefined && !headings.some((heading) => heading.startsWith(`${number}. `)),
        );
        const isThere = part === undefined || proseOf(page(name!)).toLowerCase().includes(part.toLowerCase());
        if (missing.length > 0 || !isThere) wrong.push(`${file}: ${words}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('cite rows of the mapping that are there', () => {
    const rows = [...proseOf(page('mapping')).matchAll(/^\| ([^|]+) \|/gm)].map(([, artefact]) => artefact!);
    const wrong = sources().flatMap((file) =>
      [...joined(file).matchAll(/\(mapping: "([^"]+)"\)/g)]
        .filter(([, artefact]) => !rows.some((row) => row.startsWith(artefact!)))
        .map(([words]) => `${file}: ${words}`),
    );
    expect(wrong).toEqual([]);
  });

  test('link to names that are there', () => {
    const codes = new Map(sources().map((file) => [file, withoutComments(textOf(file))]));
    const exported = new Set<string>();
    for (const code of codes.values()) {
      for (const [, name] of code.matchAll(/^export .*?\b(?:class|interface|type|const|function) (\w+)/gm)) {
        exported.add(name!);
      }
    }
    const wrong: string[] = [];
    for (const [file, code] of codes) {
      for (const [words, name, member] of joined(file).matchAll(/\{@link (\w+)(?:\.(\w+))?/g)) {
        const isNamed = exported.has(name!) || new RegExp(`\\b${name}\\b`).test(code);
        const isMember =
          member === undefined ||
          [...codes.values()].some(
            (other) => new RegExp(`\\b${name}\\b`).test(other) && new RegExp(`\\b${member}\\b`).test(other),
          );
        if (!isNamed || !isMember) wrong.push(`${file}: ${words}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('pages', () => {
  test('begin with a README that is read in one go', () => {
    const lines = textOf('README.md').split('\n').length - 1;
    expect(lines).toBeGreaterThanOrEqual(180);
    expect(lines).toBeLessThanOrEqual(220);
  });

  test('are all reached from README', () => {
    const reached = new Set(['README.md']);
    for (const file of reached) {
      for (const link of linksOf(file)) {
        const target = targetOf(file, link.split('#')[0]!);
        if (target.endsWith('.md') && known.files.has(target)) reached.add(target);
      }
    }
    expect(pages().filter((file) => !reached.has(file))).toEqual([]);
  });

  test('on architecture have the list of rooms, and what each may import', () => {
    const [, list] = /MAY_IMPORT[^=]*= \{\n([\s\S]*?)^\};/m.exec(textOf('test/house/imports.test.ts'))!;
    const held = [...list!.matchAll(/^ {2}(\w+): \[(.*)\],$/gm)].map(([, room, others]) => [
      room,
      others === "'*'" ? 'everything' : others!.replaceAll("'", '`') || 'nothing of ours',
    ]);
    const rows = textOf('docs/design/architecture.md').matchAll(/^\| `(\w+)` \|[^|]*\| (.*) \|$/gm);
    const told = [...rows].map(([, room, others]) => [room, others]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(held));
  });

  test('on decisions have their three parts, and are in the list', () => {
    const folder = 'docs/design/decisions';
    const decisions = pages()
      .filter((file) => file.startsWith(`${folder}/0`))
      .sort();
    for (const file of decisions) {
      expect(headingsOf(file).slice(1)).toEqual(['Context', 'Decision', 'Consequences']);
    }
    const listed = linksOf(`${folder}/README.md`).map((link) => `${folder}/${link}`);
    expect(listed).toEqual(decisions);
  });

  test('link to files and headings that are there', () => {
    const wrong = pages().flatMap((file) =>
      linksOf(file)
        .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link))
        .map((link) => `${file}: ${link}`),
    );
    expect(wrong).toEqual([]);
  });

  test('name files and folders that are there', () => {
    // The law also names what is still to be built.
    const told = pages().filter((file) => !/^docs\/design\/([a-z]+\.md|sources\/)/.test(file));
    const wrong = [...told, 'docs/design/architecture.md'].flatMap((file) =>
      [...proseOf(file).matchAll(/`((?:src|test|schema|seed|docs|examples)\/[\w./-]+?)\/?`/g)]
        .filter(([, path]) => !known.files.has(path!) && !known.folders.has(path!))
        .map(([words]) => `${file}: ${words}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** The file or folder to which the path of a relative link leads; an empty one is the page itself. */
function targetOf(file: string, path: string): string {
  return path === '' ? file : posix.join(posix.dirname(file), path).replace(/\/$/, '');
}

/** Whether a relative link leads to a file or folder, and to a heading of it where it names one. */
function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = targetOf(file, path);
  if (anchor === undefined) return known.files.has(target) || known.folders.has(target);
  return known.files.has(target) && anchorsOf(target).has(anchor);
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
