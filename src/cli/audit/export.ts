import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect } from '../connect.js';
import type { Context } from '../context.js';
import { chainLines, type Period } from './chain-lines.js';

/** Writes a stretch of the chain to a file, or to standard output. @returns how many events there are */
export async function exportAudit(
  context: Context,
  period: Period,
  out: string | undefined,
): Promise<number> {
  return connect(context, async (client) => {
    let lines = 0;
    const counted = async function* () {
      for await (const line of chainLines(client, period)) {
        lines += 1;
        yield line;
      }
    };
    if (out === undefined) await pipeline(Readable.from(counted()), process.stdout, { end: false });
    else await pipeline(Readable.from(counted()), createWriteStream(out));
    // The first line is the header.
    return lines - 1;
  });
}
