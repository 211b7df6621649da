import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import type { ConvertOptions } from '../converting.js';
import { snapshotOptions } from './options.js';

interface Options extends ConvertOptions {
  readonly source: string;
  readonly column: ReadonlyMap<string, string>;
  readonly timeZone?: string;
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
}

export function addHrCsv(convert: Command, context: Context): void {
  const command = convert
    .command('hr-csv')
    .summary('people, managers and last working days, from an HR system (CSV)')
    .description(
      'Turns an export of an HR system (CSV) into people, whom they report to, and last working days. Columns are found ' +
        'by the usual headings; --column names others. The fields are employeeId, email, name, firstName, lastName, ' +
        'managerId, managerEmail, lastWorkingDay, status, timeZone, title and department.',
    )
    .argument('<file>', 'the file; - reads standard input')
    .option('--source <id>', 'id of the source in the graph', 'hr')
    .option('--column <field=heading>', 'the heading of a field; may be given again', columnOf, new Map())
    .option(
      '--time-zone <name>',
      'where a bare last working day ends (IANA, as Europe/Berlin), if a row does not say',
    )
    .addOption(
      new Option('--date-order <order>', 'order of the parts of dates that are not in ISO 8601')
        .choices(['ymd', 'dmy', 'mdy'])
        .default('ymd'),
    );
  snapshotOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril convert hr-csv people.csv --column email="Work address" --time-zone Europe/Berlin --out hr.ndjson`,
    )
    .action((file: string, options: Options) => run(context, file, options));
}

function columnOf(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError('Give field=heading, as in email="Work address".');
  return new Map([...before, [text.slice(0, at), text.slice(at + 1)]]);
}

async function run(context: Context, file: string, options: Options): Promise<void> {
  const { convertHrCsv } = await import('../../client/local/convert.js');
  const { handOver, piecesOf, syncedAtOf } = await import('../converting.js');
  const { source, column: columns, timeZone, dateOrder } = options;
  const syncedAt = await syncedAtOf(context, [file], options);
  const conversion = await convertHrCsv(file, piecesOf(file), {
    source,
    syncedAt,
    columns,
    timeZone,
    dateOrder,
  });
  await handOver(context, conversion, options);
}
