import { textOf } from '../house/files.js';
import { writeGolden } from '../support/golden.js';

/** Pages whose examples are run, in the order in which they are run on one store with the demo company. */
export const PAGES = [
  'README.md',
  'docs/using/graphql.md',
  'docs/using/command-line.md',
  'docs/using/offboarding.md',
] as const;

/** The page that imports a snapshot of its own. */
export const OWN_COMPANY = 'docs/using/your-own-company.md';

/** The page on which the story of two offboardings is told. */
export const STORY = 'docs/using/offboarding.md';

/** One fenced block of a page. `start` and `end` are where its text lies in the file. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function blocks(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => {
    const start = match.index + match[0].indexOf('\n') + 1;
    return { language: match[1]!, text: match[2]!, start, end: start + match[2]!.length };
  });
}

/** A question of a page and the answer that it shows after it. */
export interface Example {
  readonly question: Block;
  readonly answer: Block;
}

/** Each `graphql` block of one query with the `json` block that follows it. */
export const questions = (all: readonly Block[]): Example[] =>
  answered(all).filter(({ question }) => question.text.startsWith('{'));

/** The operations that offboard somebody, and the answer to the last of them. */
export function story(all: readonly Block[]): Example {
  const [only, ...more] = answered(all).filter(({ question }) => question.text.includes('mutation Plan'));
  if (only === undefined || more.length > 0) throw new Error(`${STORY} tells one story by GraphQL.`);
  return only;
}

function answered(all: readonly Block[]): Example[] {
  return all.flatMap((question, at) => {
    const answer = all[at + 1];
    return question.language === 'graphql' && answer?.language === 'json' ? [{ question, answer }] : [];
  });
}

/** What stands under a heading of a page. */
export function section(text: string, heading: string): string {
  const from = text.indexOf(`\n## ${heading}\n`);
  if (from < 0) throw new Error(`There is no heading ${heading}.`);
  return text.slice(from, text.indexOf('\n## ', from + 1));
}

/** A file whose content a page shows. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
}

/** The files that a text shows: a block after a line that ends with the name of the file and a colon. */
export const filesOf = (text: string): PageFile[] =>
  [...text.matchAll(/`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, name, content]) => ({
    name: name!,
    text: content!,
  }));

/** All that is typed under a heading, as one script of a shell. */
export function script(text: string, heading: string): string {
  return blocks(section(text, heading))
    .filter(({ language }) => language === 'console')
    .flatMap((block) => block.text.split('\n'))
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2))
    .join('\n');
}

/** A command of a page with the output it shows; `cut` where the output goes on after what is shown. */
export interface Command {
  readonly line: string;
  readonly output: string;
  readonly cut: boolean;
}

/** Each `npx tendril` command of a `console` block that is followed by output. */
export function commands(all: readonly Block[]): Command[] {
  return all
    .filter((block) => block.language === 'console')
    .flatMap(({ text }) => text.split(/^(?=\$ )/m))
    .flatMap((part): Command[] => {
      const [first = '', ...rest] = part.split('\n');
      const output = rest.join('\n').trimEnd();
      if (!first.startsWith('$ npx tendril ') || output === '') return [];
      const cut = output.endsWith('\n…');
      return [{ line: first.slice(2), output: cut ? output.slice(0, -2) : output, cut }];
    });
}

/** Writes what the program answers into a page: `npm run golden`. */
export function replace(
  page: string,
  parts: readonly { readonly block: Block; readonly text: string }[],
): void {
  let text = textOf(page);
  for (const { block, text: next } of [...parts].sort((a, b) => b.block.start - a.block.start)) {
    text = text.slice(0, block.start) + next + text.slice(block.end);
  }
  writeGolden(page, text);
}

/** JSON in which whatever fits on a line stands on one. */
export function compactJson(value: unknown, indent = ''): string {
  const inline = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || indent.length + inline.length < 108) return inline;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([key, part]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    return `${deeper}${name}${compactJson(part, deeper)}`;
  });
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}
