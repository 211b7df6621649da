import type { Client } from '../../client/client.js';
import type { RemoveSourceMutation } from '../../documents/generated/graphql.js';
import { confirm } from '../confirm.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';
import { UsageError } from '../usage-error.js';

/** What was taken back, or would be. */
export type TakenBack = RemoveSourceMutation['removeSource'];

/** The options of the commands that take claims back. */
export interface TakingBack {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
}

interface Asked {
  readonly reason: string;
  readonly dryRun: boolean;
  readonly force: boolean | null;
}

/** Counts what would change, asks, and takes it back. */
export async function takeBack(
  context: Context,
  { reason, dryRun = false, force = false, yes = false }: TakingBack,
  {
    what,
    run,
  }: { readonly what: string; readonly run: (client: Client, asked: Asked) => Promise<TakenBack> },
): Promise<void> {
  if (reason === undefined && !dryRun) throw new UsageError('Give a --reason: the audit log keeps it.');
  const asked = { reason: reason ?? 'a preview', force: force ? true : null };
  await connect(context, async (client) => {
    if (dryRun || !yes) {
      const counted = await run(client, { ...asked, dryRun: true });
      if (dryRun) return print(context, counted, 'would be');
      printLines(context, sentences(counted, 'would be'));
      await confirm(context, what, { yes, how: '--yes' });
    }
    print(context, await run(client, { ...asked, dryRun: false }), 'is');
  });
}

function print(context: Context, result: TakenBack, how: 'would be' | 'is'): void {
  if (context.json) printJson(context, result);
  else printLines(context, sentences(result, how));
}

function sentences(result: TakenBack, how: 'would be' | 'is'): string[] {
  const { sources, goneEntities, goneRelationships, changedEntities, changedRelationships } = result;
  const are = how === 'is' ? 'are' : how;
  const cases = result.offboardings.map((id) => `  tendril offboard show ${id}`);
  return [
    `What ${sources.join(', ')} said ${how} taken back: ${goneEntities} entities and ${goneRelationships} relationships ` +
      `${are} gone, ${changedEntities} and ${changedRelationships} ${are} as they were before.`,
    ...(cases.length === 0 ? [] : ['Open cases are about some of it:', ...cases]),
    ...(how === 'is' ? [`Revision ${result.revision}.`] : []),
  ];
}
