import type { Command } from 'commander';
import type { OneOptions, Use } from '../cascade/do-one.js';
import type { Context } from '../context.js';

export function addRevoke(program: Command, context: Context): void {
  const command = program
    .command('revoke')
    .summary('revoke a token, grant, account, identity or app, with all that came of it')
    .argument('<target>', 'id of a token, grant, account, service identity, app or secret');
  breaking(command).action(async (target: string, options: OneOptions) => {
    const { revoke } = await import('../../offboarding/case/cascade/revoke.js');
    const { doOne } = await import('../cascade/do-one.js');
    const begin: Use['begin'] = (caseContext, actor, asking) =>
      revoke(caseContext, actor, { target, ...asking });
    await doOne(context, options, { mutation: 'revoke', input: { target }, begin });
  });
}

export function addRotate(program: Command, context: Context): void {
  const command = program
    .command('rotate')
    .summary('rotate a secret, with all its copies')
    .argument('<secret>', 'id of a secret');
  breaking(command).action(async (secret: string, options: OneOptions) => {
    const { rotateSecret } = await import('../../offboarding/case/cascade/rotate-secret.js');
    const { doOne } = await import('../cascade/do-one.js');
    const begin: Use['begin'] = (caseContext, actor, asking) =>
      rotateSecret(caseContext, actor, { secret, ...asking });
    await doOne(context, options, { mutation: 'rotateSecret', input: { secret }, begin });
  });
}

export function addRetire(program: Command, context: Context): void {
  const command = program
    .command('retire')
    .summary('retire a job, or an app or identity with all that came of it')
    .argument('<entity>', 'id of a job, app or service identity');
  breaking(command).action(async (entity: string, options: OneOptions) => {
    const { retire } = await import('../../offboarding/case/cascade/retire.js');
    const { doOne } = await import('../cascade/do-one.js');
    const begin: Use['begin'] = (caseContext, actor, asking) =>
      retire(caseContext, actor, { entity, ...asking });
    await doOne(context, options, { mutation: 'retire', input: { entity }, begin });
  });
}

interface RehomeOptions extends OneOptions {
  readonly successor: string;
  readonly managedIdentity?: string;
}

export function addRehome(program: Command, context: Context): void {
  const command = program
    .command('rehome')
    .summary('let a workload go on without the people it stands on')
    .argument('<workload>', 'id of an app or a job')
    .requiredOption('--successor <human>', 'id or email of who answers for what is made')
    .option('--managed-identity <id>', 'the identity to use; left out: one is made');
  asking(command).action(async (workload: string, options: RehomeOptions) => {
    const { rehome } = await import('../../offboarding/case/cascade/rehome.js');
    const { doOne } = await import('../cascade/do-one.js');
    const { successor, managedIdentity = null } = options;
    const input = { workload, successor, managedIdentity };
    const begin: Use['begin'] = (caseContext, actor, asked) =>
      rehome(caseContext, actor, { ...input, ...asked });
    await doOne(context, options, { mutation: 'rehome', input, begin });
  });
}

interface TransferOptions extends OneOptions {
  readonly from: string;
  readonly to: string;
}

export function addTransfer(program: Command, context: Context): void {
  const command = program
    .command('transfer')
    .summary('let somebody else answer for a thing')
    .argument('<entity>', 'id of what is owned')
    .requiredOption('--from <owner>', 'id of who owns it now, or email of a human')
    .requiredOption('--to <owner>', 'id of who is to own it, or email of a human');
  asking(command).action(async (entity: string, options: TransferOptions) => {
    const { transferOwnership } = await import('../../offboarding/case/cascade/transfer-ownership.js');
    const { doOne } = await import('../cascade/do-one.js');
    const { from, to } = options;
    const input = { entity, from, to };
    const begin: Use['begin'] = (caseContext, actor, asked) =>
      transferOwnership(caseContext, actor, { ...input, ...asked });
    await doOne(context, options, { mutation: 'transferOwnership', input, begin });
  });
}

/** An example of each command, for its help. */
const EXAMPLES: Readonly<Record<string, string>> = {
  revoke: 'revoke github:acme/token/ci --reason "seen in a log" --dry-run',
  rotate: 'rotate vault:acme/secret/db --reason "the yearly rotation" --yes',
  retire: 'retire github:acme/workflow/old --reason "nobody reads its report"',
  rehome: 'rehome github:acme/workflow/release --successor ada@acme.example --reason "stands on a person"',
  transfer:
    'transfer github:acme/repo/web --from github:acme/user/bo --to hr:acme/person/ada --reason "new team"',
};

/** What is asked for one thing, whatever it is. */
function asking(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--dry-run', 'only show what would be done: nothing is written')
    .option(
      '--expected-hash <hash>',
      'of the preview that was looked at; if it is another by now, nothing is done',
    )
    .option('--yes', 'do not ask; needed where nobody can be asked')
    .addHelpText(
      'after',
      `
It shows first what would be done and why, and what would stop; then it asks.

Examples:
  $ tendril ${EXAMPLES[command.name()]}`,
    );
}

const breaking = (command: Command): Command =>
  asking(command).option(
    '--allow-breaking',
    'go on although workloads stop; somebody else has to approve it then',
  );
