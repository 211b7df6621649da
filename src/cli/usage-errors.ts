import { type Command, CommanderError } from 'commander';
import { UsageError } from './usage-error.js';

/** What a command's help says about each usage error that commander reports without saying what to do. */
const HELP_SAYS: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'says which there are',
  'commander.unknownOption': 'says which there are',
  'commander.missingArgument': 'shows how it is asked',
  'commander.excessArguments': 'shows how it is asked',
  'commander.optionMissingArgument': 'shows how it is asked',
  'commander.missingMandatoryOptionValue': 'shows how it is asked',
};

/** Makes a command, and its subcommands, report wrong usage in a sentence that says what to do. */
export function reportUsageErrors(command: Command, path = command.name()): void {
  command.exitOverride((error) => {
    // Commander throws for help and version as well. A missing command is reported by failure.ts.
    if (error.exitCode === 0 || error.code === 'commander.help') throw error;
    throw new UsageError(sentenceOf(error, path));
  });
  for (const inner of command.commands) reportUsageErrors(inner, `${path} ${inner.name()}`);
}

/** Commander begins its messages with `error: `, and ends them without a full stop or with what was meant. */
function sentenceOf({ message, code }: CommanderError, path: string): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim();
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  if (/[?!)]$/.test(sentence)) return sentence;
  const help = HELP_SAYS[code];
  const stated = sentence.replace(/\.$/, '');
  return help === undefined ? `${stated}.` : `${stated}; \`${path} --help\` ${help}.`;
}
