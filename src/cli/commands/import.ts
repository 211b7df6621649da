import { type Command, Option } from 'commander';
import type { ImportOutcome } from '../../client/client.js';
import { type Context, printJson, printLines } from '../context.js';

interface Options {
  readonly force?: true;
  readonly dangling: 'refuse' | 'skip';
}

export function addImport(program: Command, context: Context): void {
  program
    .command('import')
    .summary('take in snapshots of source systems, all of them or none')
    .description(
      'Takes in snapshots (NDJSON or JSON) of source systems. Several files are one commit and may refer to each ' +
        'other; where one is refused, nothing is written. The same snapshot twice changes nothing.',
    )
    .argument('<file...>', 'files of snapshots; - reads one from standard input')
    .option('--force', 'let a full snapshot end more than half of what is live of its source')
    .addOption(
      new Option('--dangling <rule>', 'what becomes of a relationship with an end that nobody knows')
        .choices(['refuse', 'skip'])
        .default('refuse'),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril import hr.ndjson github.ndjson
  $ tendril convert aws-iam details.json | tendril import -
  $ tendril import --dangling skip partial.ndjson --json | jq .skipped`,
    )
    .action((files: string[], options: Options) => take(context, files, options));
}

async function take(context: Context, files: readonly string[], options: Options): Promise<void> {
  const { importFiles } = await import('../importing.js');
  const result = await importFiles(context, files, options);
  if (context.json) return printJson(context, result);
  printLines(context, sentences(result));
}

/** How many of the relationships left out are listed for people. */
const LISTED = 20;

function sentences(result: ImportOutcome): string[] {
  const { revision, created, updated, ended, unchanged } = result;
  const changed = created + updated + ended > 0;
  const counts = `${created} created, ${updated} updated, ${ended} ended, ${unchanged} unchanged`;
  const first = changed ? `Imported as revision ${revision}: ${counts}.` : `Nothing changed: ${counts}.`;
  return [first, ...ofOvertaken(result), ...ofLeftOut(result)];
}

function ofOvertaken({ overtaken }: ImportOutcome): string[] {
  if (overtaken.length === 0) return [];
  return [
    `Read before what is here already, which stands where both speak: ${overtaken.join(', ')}. Is its syncedAt right?`,
  ];
}

function ofLeftOut({ skipped }: ImportOutcome): string[] {
  if (skipped.length === 0) return [];
  const rows = skipped.slice(0, LISTED).map(({ row, message }) => `  ${row}: ${message}`);
  const more = skipped.length - rows.length;
  const rest = more > 0 ? [`  … and ${more} more (--json lists them all)`] : [];
  return [`Left out ${skipped.length}, for an end of each is not known:`, ...rows, ...rest];
}
