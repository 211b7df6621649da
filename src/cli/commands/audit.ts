import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { time } from '../arguments.js';
import type { Period } from '../audit/chain-lines.js';
import type { CheckpointOptions } from '../audit/checkpoint.js';
import type { Verified, VerifyOptions } from '../audit/verify.js';
import type { VerifiedFolder } from '../audit/verify-folder.js';
import { type Context, printJson, printLines } from '../context.js';
import { UsageError } from '../usage-error.js';

export function addAudit(program: Command, context: Context): void {
  const audit = program
    .command('audit')
    .summary('verify the chain of audit events, sign where it stands, export it')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril audit verify
  $ tendril audit checkpoint --key audit.pem --generate-key --out checkpoint.json
  $ tendril audit export --out events.ndjson
  $ tendril audit export --case ada@acme.example --out evidence
  $ tendril audit verify events.ndjson --checkpoint checkpoint.json`,
    );
  addVerify(audit, context);
  addCheckpoint(audit, context);
  addExport(audit, context);
}

interface Exporting extends Period {
  readonly case?: string;
  readonly out?: string;
}

function addExport(audit: Command, context: Context): void {
  audit
    .command('export')
    .summary(
      'the events as they are chained, to be verified without the store; or all that evidences one case',
    )
    .description(
      'Writes audit events as they are chained. With --case it writes a folder instead: a report to read, the plan, ' +
        'the events, the chain to check them by, the controls they evidence, and everybody who left in the period.',
    )
    .option(
      '--case <case>',
      'all that evidences this case: its id, or the id or email of the person who left',
    )
    .option('--since <time>', 'only events, or people who left, of that moment (ISO 8601) and later', time)
    .option('--until <time>', 'only events, or people who left, of that moment and earlier', time)
    .option('--out <file>', 'write there: a file (- is standard output), or with --case a folder')
    .action(async ({ out: named, case: words, ...period }: Exporting) => {
      const out = named === '-' ? undefined : named;
      if (named === '-' && words !== undefined)
        throw new UsageError(
          'All that evidences a case is a folder; name one with --out, not standard output.',
        );
      if (words === undefined) {
        const { exportAudit } = await import('../audit/export.js');
        const events = await exportAudit(context, period, out);
        if (out === undefined) return;
        if (context.json) return printJson(context, { file: out, events });
        return printLines(context, [
          `Wrote ${events} events to ${out}. Whoever has the file checks it with: tendril audit verify ${out}`,
        ]);
      }
      const { writeEvidence } = await import('../audit/evidence.js');
      const written = await writeEvidence(context, words, { period, out });
      if (context.json) return printJson(context, written);
      return printLines(context, [
        `Wrote ${written.files.length + 1} files to ${written.folder}; begin with ${written.folder}/report.html.`,
      ]);
    });
}

function addVerify(audit: Command, context: Context): void {
  audit
    .command('verify')
    .summary('whether any event was changed, dropped or moved, and where')
    .description(
      'Reads the whole chain of the store, or an exported file without any store, and names the first place where ' +
        'it does not hold; exits with 1 then. That its end was cut off is found with a checkpoint only. Of a folder of ' +
        'evidence, the manifest, the hash of the plan, the chain, the events and the signatures are checked together.',
    )
    .argument('[file]', 'a file or a folder of evidence that `audit export` wrote; - reads standard input')
    .option('--checkpoint <file>', 'what `audit checkpoint` wrote: the chain must go through it')
    .option('--key <file>', 'the key whose signature the checkpoint must have (PEM)')
    .action(async (file: string | undefined, options: VerifyOptions) => {
      if (file !== undefined && isFolder(file)) {
        const { verifyFolder } = await import('../audit/verify-folder.js');
        const found = await verifyFolder(context, file, options);
        context.exitCode = found.valid ? 0 : 1;
        return context.json ? printJson(context, found) : printLines(context, folderReport(found));
      }
      const { verifyAudit } = await import('../audit/verify.js');
      const found = await verifyAudit(context, file, options);
      context.exitCode = found.valid ? 0 : 1;
      if (context.json) printJson(context, found);
      else printLines(context, report(found));
    });
}

function addCheckpoint(audit: Command, context: Context): void {
  audit
    .command('checkpoint')
    .summary('sign where the chain stands, so that cutting off its end is found')
    .description(
      'Verifies the chain and signs its last event (Ed25519). Keep checkpoints and the key away from the store. To ' +
        'change the key, sign with the old and the new one, and keep the old public key for older checkpoints.',
    )
    .requiredOption('--key <file>', 'private key in PEM, which nobody but its owner may read')
    .option('--generate-key', 'make that key first; refused where the file is there')
    .option('--out <file>', 'write there instead of to standard output, which is also -')
    .action(async ({ out, ...more }: CheckpointOptions) => {
      const options = out === undefined || out === '-' ? more : { ...more, out };
      const { checkpointAudit } = await import('../audit/checkpoint.js');
      const signed = await checkpointAudit(context, options);
      if (context.json || !('out' in options)) printJson(context, signed);
      else printLines(context, [`Signed event ${signed.seq} by the key ${signed.keyId}.`]);
    });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function folderReport({ folder, case: id, valid, checks, chain }: VerifiedFolder): string[] {
  const lines = checks.map(
    ({ name, holds, found }) => `  ${name.padEnd(10)}  ${holds ? 'holds' : 'FAILS'}  ${found}`,
  );
  const end =
    chain.checkpoint === null
      ? ['Without a checkpoint nobody can say whether the end of the chain was cut off.']
      : [];
  return [`Evidence of the case ${id} in ${folder}: ${valid ? 'holds' : 'does NOT hold'}.`, ...lines, ...end];
}

function report({ valid, events, head, firstBrokenAt, why, after, checkpoint }: Verified): string[] {
  if (!valid) return [`The chain does not hold at event ${firstBrokenAt}. ${why}`];
  const lines = [
    `The chain holds: ${events} events${after > 0 ? ` after event ${after}` : ''}, up to ${head}.`,
  ];
  if (after > 0)
    lines.push('What came before is not in the file; a checkpoint or another export vouches for it.');
  if (checkpoint === null)
    return [...lines, 'Without a checkpoint nobody can say whether its end was cut off.'];
  return [
    ...lines,
    `It goes through event ${checkpoint.seq}, signed at ${checkpoint.signedAt} by the key ${checkpoint.keyId}: see that this is your key, or give --key.`,
  ];
}
