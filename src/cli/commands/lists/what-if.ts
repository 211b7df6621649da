import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { printJson, printLines } from '../../context.js';

interface Options {
  readonly human?: string;
  readonly alone?: true;
  readonly csv?: true;
  readonly all?: true;
}

/** How many members of each set are shown without `--all`. */
const SHOWN = 30;

export function addWhatIf(program: Command, context: Context): void {
  program
    .command('what-if')
    .summary('what would stop, and what nobody would answer for, if some things ended')
    .description(
      'Says what would be if some things ended together: tokens revoked, an app deleted, an account disabled, somebody ' +
        'gone. Nothing is changed.',
    )
    .argument('<thing...>', 'ids of what would end, or id or email of who would be gone')
    .option('--human <human>', 'say as well what this human or account could still use')
    .option('--alone', 'only the things themselves end, and not what their revocation ends')
    .option('--csv', 'as CSV (RFC 4180), all sets in one table')
    .option('--all', `all of every set, not only the first ${SHOWN}`)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril what-if github:acme/token/ci github:acme/token/release
  $ tendril what-if ada@acme.example
  $ tendril what-if github:acme/token/ci --human ada@acme.example --json`,
    )
    .action((things: string[], options: Options) => show(context, things, options));
}

async function show(context: Context, things: readonly string[], options: Options): Promise<void> {
  const { WhatIfDocument } = await import('../../../documents/generated/graphql.js');
  const { executeAll } = await import('../../../client/execute-all.js');
  const { withoutPages } = await import('../../../client/plain.js');
  const { connect } = await import('../../connect.js');
  const { csvOf } = await import('../../list/list.js');
  const { SUPPOSED_COLUMNS, supposedNotes, supposedReport, supposedRows } = await import(
    '../../list/what-if.js'
  );
  const changes = things.map((entity) => ({ entity, alone: options.alone === true }));
  await connect(context, async (client) => {
    const { whatIf } = await executeAll(client, WhatIfDocument, { changes, human: options.human ?? null });
    if (context.json) return printJson(context, withoutPages(whatIf));
    if (options.csv) for (const note of supposedNotes(whatIf, context.terminal)) context.note(note);
    if (options.csv) return context.print(csvOf(supposedRows(whatIf), SUPPOSED_COLUMNS));
    const most = options.all ? Number.POSITIVE_INFINITY : SHOWN;
    printLines(context, supposedReport(whatIf, most, context.terminal));
  });
}
