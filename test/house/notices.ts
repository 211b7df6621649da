import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.js';

/** A package that is installed for running, as the lock file has it. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** Where it is installed, from the root of the project. */
  readonly folder: string;
}

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const NAMES_OF_TEXTS = /^(licen[sc]e|copying|notice)/i;
const COPYRIGHT = /^\s*(?:portions |modifications )?copyright\b.*\d{4}.*$|^\s*copyright \(c\).*$/i;

/** What the container carries: every package of the lock file that is not for development only. */
export function carriedPackages(): readonly Package[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && !dev && !devOptional)
    .map(([folder, { version, license }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      license: license ?? 'unknown',
      folder,
    }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** The text of `THIRD-PARTY-NOTICES`: each licence text once, with the packages and the copyright lines under it. */
export function noticesText(): string {
  const texts = new Map<string, string[]>();
  for (const carried of carriedPackages()) {
    const { body, copyrights } = licenceOf(carried);
    const entry = [
      `${carried.name} ${carried.version} (${carried.license})`,
      ...copyrights.map((line) => `  ${line}`),
    ];
    texts.set(body, [...(texts.get(body) ?? []), entry.join('\n')]);
  }
  const parts = [...texts].map(([body, entries]) => `${RULE}\n\n${entries.join('\n')}\n\n${body}\n`);
  return `${HEAD}\n${parts.join('\n')}`;
}

const RULE = '-'.repeat(80);

const HEAD = `Third-party notices

Tendril is distributed with the packages below, under the licences that stand after them. The list is made from
package-lock.json and from what the packages themselves contain; npm run golden writes it anew.
`;

const NO_TEXT =
  'These packages contain no licence text of their own; their package.json names the licence given above.';

/** The licence text of a package without its copyright lines, and those lines. */
function licenceOf({ folder }: Package): { body: string; copyrights: readonly string[] } {
  const files = readdirSync(join(root, folder), { withFileTypes: true })
    .filter((file) => file.isFile() && NAMES_OF_TEXTS.test(file.name))
    .map(({ name }) => name)
    .sort();
  const text = files
    .map((file) => readFileSync(join(root, folder, file), 'utf8').replaceAll('\r', ''))
    .join('\n');
  const lines = text.split('\n').map((line) => line.trimEnd());
  const copyrights = [...new Set(lines.filter((line) => COPYRIGHT.test(line)).map((line) => line.trim()))];
  const body = lines
    .filter((line) => !COPYRIGHT.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { body: body === '' ? NO_TEXT : body, copyrights };
}
