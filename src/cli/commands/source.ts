import type { Command } from 'commander';
import { type Context, printJson, printLines } from '../context.js';
import type { TakenBack, TakingBack } from '../sources/take-back.js';

export function addSource(program: Command, context: Context): void {
  const source = program
    .command('source')
    .summary('the sources there are; remove one, or take back an import')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril source list
  $ tendril source remove github:acme-test --reason "it was the test organisation" --dry-run
  $ tendril source revert 12 --reason "it was last year's export"`,
    );
  source
    .command('list')
    .summary('every source: when it was last read, and what it could not read')
    .action(() => list(context));
  takingBack(
    source
      .command('remove')
      .summary('take out a source with all that only it says, as things that were never so')
      .argument('<source>', 'id of the source'),
  ).action(async (id: string, options: TakingBack) => {
    const { RemoveSourceDocument } = await import('../../documents/generated/graphql.js');
    const { takeBack } = await import('../sources/take-back.js');
    await takeBack(context, options, {
      what: `Remove the source ${id}`,
      run: async (client, asked): Promise<TakenBack> =>
        (await client.execute(RemoveSourceDocument, { input: { source: id, ...asked } })).removeSource,
    });
  });
  takingBack(
    source
      .command('revert')
      .summary('take back the last import of a source: what it says is what the import before said')
      .argument('<revision>', 'the revision that the import made'),
  ).action(async (revision: string, options: TakingBack) => {
    const { RevertImportDocument } = await import('../../documents/generated/graphql.js');
    const { takeBack } = await import('../sources/take-back.js');
    await takeBack(context, options, {
      what: `Take back the import of revision ${revision}`,
      run: async (client, asked): Promise<TakenBack> =>
        (await client.execute(RevertImportDocument, { input: { revision, ...asked } })).revertImport,
    });
  });
}

function takingBack(command: Command): Command {
  return command
    .option('--reason <text>', 'why, for the audit log; needed unless it is a dry run')
    .option('--dry-run', 'only count what would change: nothing is written')
    .option('--force', 'also where an open case is about something that changes')
    .option('--yes', 'do not ask; needed where nobody can be asked')
    .addHelpText(
      'after',
      `
It counts first what would change, and names the open cases that are about it; then it asks.
Earlier states (--as-of) and the audit log go on showing what was believed when.

Examples:
  $ tendril source ${command.name()} ${command.name() === 'remove' ? 'github:acme-test' : '12'} --reason "it was the wrong file"`,
    );
}

async function list(context: Context): Promise<void> {
  const { SourcesDocument } = await import('../../documents/generated/graphql.js');
  const { connect } = await import('../connect.js');
  const { sourcesReport } = await import('../sources/sources-report.js');
  await connect(context, async (client) => {
    const { sources } = await client.execute(SourcesDocument, {});
    if (context.json) printJson(context, sources);
    else printLines(context, sourcesReport(sources, context.terminal));
  });
}
