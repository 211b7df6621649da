/** One printed page of `docs/reference`: its file name without `.md`, and the Markdown below the first heading. */
export interface ReferencePage {
  readonly name: string;
  readonly title: string;
  readonly body: string;
}

/** A table of Markdown. A pipe in a cell would end it, and is escaped. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The whole text of the file. */
export function textOf({ title, body }: ReferencePage): string {
  return `# ${title}\n\nPrinted from the code by \`npm run docs\`; do not edit it by hand.\n\n${body.trim()}\n`;
}
