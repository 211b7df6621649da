import type { Command } from 'commander';
import type { OneOptions } from '../cascade/do-one.js';
import type { Context } from '../context.js';

export function addRevoke(program: Command, context: Context): void {
  const command = program
    .command('revoke')
    .summary('revoke a token, grant, account, identity or app, with all that came of it')
    .argument('<target>', 'id of a token, grant, account, service identity, app or secret');
  breaking(command).action(async (target: string, options: OneOptions) => {
    const { RevokeDocument } = await import('../../documents/generated/graphql.js');
    const { doOne } = await import('../cascade/do-one.js');
    await doOne(context, options, {
      kind: 'REVOKE',
      run: async (client, asked) =>
        (await client.execute(RevokeDocument, { ...asked, input: { target, ...asked.input } })).revoke,
    });
  });
}

export function addRotate(program: Command, context: Context): void {
  const command = program
    .command('rotate')
    .summary('rotate a secret, with all its copies')
    .argument('<secret>', 'id of a secret');
  breaking(command).action(async (secret: string, options: OneOptions) => {
    const { RotateSecretDocument } = await import('../../documents/generated/graphql.js');
    const { doOne } = await import('../cascade/do-one.js');
    await doOne(context, options, {
      kind: 'ROTATE',
      run: async (client, asked) =>
        (await client.execute(RotateSecretDocument, { ...asked, input: { secret, ...asked.input } }))
          .rotateSecret,
    });
  });
}

export function addRetire(program: Command, context: Context): void {
  const command = program
    .command('retire')
    .summary('retire a job, or an app or identity with all that came of it')
    .argument('<entity>', 'id of a job, app or service identity');
  breaking(command).action(async (entity: string, options: OneOptions) => {
    const { RetireDocument } = await import('../../documents/generated/graphql.js');
    const { doOne } = await import('../cascade/do-one.js');
    await doOne(context, options, {
      kind: 'RETIRE',
      run: async (client, asked) =>
        (await client.execute(RetireDocument, { ...asked, input: { entity, ...asked.input } })).retire,
    });
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
    const { RehomeDocument } = await import('../../documents/generated/graphql.js');
    const { doOne } = await import('../cascade/do-one.js');
    const { successor, managedIdentity = null } = options;
    const about = { workload, successor, managedIdentity };
    await doOne(context, options, {
      kind: 'REHOME',
      run: async (client, asked) =>
        (await client.execute(RehomeDocument, { ...asked, input: { ...about, ...asked.input } })).rehome,
    });
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
    const { TransferOwnershipDocument } = await import('../../documents/generated/graphql.js');
    const { doOne } = await import('../cascade/do-one.js');
    const { from, to } = options;
    const about = { entity, from, to };
    await doOne(context, options, {
      kind: 'TRANSFER',
      run: async (client, asked) => {
        const input = { ...about, ...asked.input };
        return (await client.execute(TransferOwnershipDocument, { ...asked, input })).transferOwnership;
      },
    });
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
    .option('--reason <text>', 'why, for the audit log; only --dry-run needs none')
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
