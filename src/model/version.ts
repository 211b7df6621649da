import { readFileSync } from 'node:fs';

/** The version of this program, from package.json. The path is that from `build/src/model`. */
export function programVersion(): string {
  const path = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
