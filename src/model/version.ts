import { readFileSync } from 'node:fs';

/** The version of this program: that of package.json; the code runs from `build/src/model`. */
export function programVersion(): string {
  const path = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
