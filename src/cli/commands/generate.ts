import type { Command } from 'commander';
import { wholeNumber } from '../arguments.js';
import { type Context, printJson, printLines } from '../context.js';
import { renderTable } from '../output.js';

interface Options {
  readonly humans: number;
  readonly seed: number;
  readonly out: string;
}

/** More than any company, and less than would fill a disk by a mistyped digit. */
const MOST_HUMANS = 10_000_000;

export function addGenerate(program: Command, context: Context): void {
  program
    .command('generate')
    .summary('an invented company of any size, to try things on')
    .description(
      'Writes the snapshots of an invented company, one file a source. The same seed gives the same bytes. It needs no ' +
        'store and no service.',
    )
    .requiredOption('--humans <count>', 'how many people', wholeNumber(1, MOST_HUMANS))
    .option('--seed <number>', 'which company', wholeNumber(0), 1)
    .requiredOption('--out <dir>', 'folder for the files; made if it is not there')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril generate --humans 1000 --seed 7 --out company
  $ tendril import company/*.ndjson`,
    )
    .action((options: Options) => generate(context, options));
}

async function generate(context: Context, { humans, seed, out }: Options): Promise<void> {
  const { writeCompany } = await import('../../client/local/generate.js');
  const written = await writeCompany({ humans, seed }, out, ({ source, lines, done }) => {
    if (done && context.watched) context.note(`${source}: ${lines.toLocaleString('en')} lines`);
  });
  if (context.json) return printJson(context, { files: written });
  const rows = written.map(({ source, path, lines }) =>
    [source, String(lines), path].map((text) => ({ text })),
  );
  const columns = [{ title: 'source' }, { title: 'lines', align: 'right' as const }, { title: 'file' }];
  printLines(context, renderTable(columns, rows, context.terminal));
}
