import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Files of the project below the folders given: those git knows, and new ones that it does not ignore. */
export function filesBelow(...folders: readonly string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split('\n'))].filter((file) => file !== '' && existsSync(join(root, file)));
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export const sources = (): readonly string[] =>
  filesBelow('src', 'test').filter((file) => file.endsWith('.ts'));
