import { Command } from 'commander';
import { programVersion } from '../model/version.js';
import { addAttention } from './commands/attention.js';
import { addAudit } from './commands/audit.js';
import { addBackup } from './commands/backup.js';
import { addBlastRadius } from './commands/blast-radius.js';
import { addRehome, addRetire, addRevoke, addRotate, addTransfer } from './commands/cascade.js';
import { addConvert } from './commands/convert.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addGenerate } from './commands/generate.js';
import { addImport } from './commands/import.js';
import { addLeaving } from './commands/leaving.js';
import { addAccounts } from './commands/lists/accounts.js';
import { addBroken } from './commands/lists/broken.js';
import { addChanges } from './commands/lists/changes.js';
import { addExposed, addLingering } from './commands/lists/people.js';
import { addTokens } from './commands/lists/tokens.js';
import { addUnowned } from './commands/lists/unowned.js';
import { addWhatIf } from './commands/lists/what-if.js';
import { addWhoCanReach } from './commands/lists/who-can-reach.js';
import { addOffboard } from './commands/offboard.js';
import { addPaths } from './commands/paths.js';
import { addPolicy } from './commands/policy.js';
import { addServe } from './commands/serve.js';
import { addSource } from './commands/source.js';
import type { Context } from './context.js';
import { reportUsageErrors } from './usage-errors.js';

/** The command line as it is offered. Nothing heavy is loaded before a command is chosen. */
export function buildProgram(context: Context): Command {
  // Errors are told elsewhere; what is left is the help that stands in for a command that was not named.
  const helpInstead = (text: string) => {
    if (!context.json) for (const line of text.trimEnd().split('\n')) context.note(line);
  };
  const program = new Command('tendril')
    .description(
      'Holds a company’s integration graph, and answers what a leaver, and what they set up, can still reach.',
    )
    .version(programVersion(), '-V, --version', 'the version of this program')
    .helpOption('-h, --help', 'what can be asked, with examples')
    .option('--json', 'one JSON value on stdout, as GraphQL would give it; errors too')
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: context.terminal.width ?? 100,
      commandDescription: (command) => command.description() || asSentence(command.summary()),
    })
    .configureOutput({ writeOut: context.print, writeErr: helpInstead, outputError: () => {} })
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 refused, 2 wrong usage or configuration, 3 the store cannot be reached or read,
130 interrupted.
Configuration is by variables that begin with TENDRIL_; docs/reference/configuration.md lists them.

Examples:
  $ tendril import hr.ndjson github.ndjson
  $ tendril blast-radius ada@acme.example
  $ tendril doctor`,
    );
  for (const add of COMMANDS) add(program, context);
  for (const command of program.commands) command.copyInheritedSettings(program);
  reportUsageErrors(program);
  return program;
}

/** What a command does in the list of commands, as it is told where nothing more is said of it. */
function asSentence(summary: string): string {
  return summary === '' ? '' : `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

const COMMANDS = [
  addServe,
  addImport,
  addExport,
  addBlastRadius,
  addLeaving,
  addPaths,
  addWhoCanReach,
  addExposed,
  addLingering,
  addUnowned,
  addBroken,
  addAccounts,
  addTokens,
  addChanges,
  addWhatIf,
  addOffboard,
  addRevoke,
  addRotate,
  addRehome,
  addTransfer,
  addRetire,
  addPolicy,
  addSource,
  addAttention,
  addAudit,
  addGenerate,
  addConvert,
  addBackup,
  addDoctor,
];
