/** How many characters are collected before they are written. */
const CHUNK = 64 * 1024;

/** Joins lines to bytes of NDJSON, in chunks. */
export async function* ndjsonOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let gathered = '';
  for await (const line of lines) {
    gathered += `${line}\n`;
    if (gathered.length < CHUNK) continue;
    yield Buffer.from(gathered);
    gathered = '';
  }
  if (gathered !== '') yield Buffer.from(gathered);
}
