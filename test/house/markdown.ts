import { filesBelow, textOf } from './files.js';

/** Every page of the documentation that people read in the repository. */
export const pages = (): readonly string[] =>
  filesBelow('README.md', 'CONTRIBUTING.md', 'docs', 'examples').filter((file) => file.endsWith('.md'));

/** A page without its fenced blocks, in which a link or a heading is only text. */
export const proseOf = (file: string): string => textOf(file).replace(/^```[\s\S]*?^```$/gm, '');

/** The headings of a page, as they are written. */
export function headingsOf(file: string): string[] {
  return [...proseOf(file).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading!);
}

/** The names by which links come to the headings of a page, as GitHub makes them. */
export function anchorsOf(file: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const heading of headingsOf(file)) {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    anchors.add(before === 0 ? name : `${name}-${before}`);
  }
  return anchors;
}

/** Where the links and pictures of a page lead. */
export function linksOf(file: string): string[] {
  return [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}
