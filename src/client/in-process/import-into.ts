import type { Tendril } from '../../compose.js';
import { importSnapshots } from '../../import/import-snapshots.js';
import { fileInput, type StreamInput } from '../../import/read/input.js';
import { type Spooled, spool } from '../../import/read/spool.js';
import type { Actor } from '../../model/audit.js';
import { aborted } from '../aborted.js';
import type { ImportOptions, ImportOutcome, SnapshotInput } from '../client.js';

/** Imports into the store that this process has open. */
export async function importInto(
  tendril: Tendril,
  inputs: readonly SnapshotInput[],
  options: ImportOptions & { readonly actor: Actor },
): Promise<ImportOutcome> {
  const spooled: Spooled[] = [];
  try {
    const opened: StreamInput[] = [];
    for (const input of inputs) {
      if ('path' in input) {
        opened.push({ ...(await fileInput(input.path)), name: input.name });
        continue;
      }
      // Written down until it is whole: a slow writer does not hold the store.
      const { spoolDir, limits } = tendril;
      const whole = await spool(input.stream, spoolDir, limits.snapshotBytes, input.name);
      spooled.push(whole);
      opened.push(whole.input);
    }
    return await commit(tendril, opened, options);
  } finally {
    for (const whole of spooled) await whole.remove();
  }
}

async function commit(
  { store, clock, postCaseMonitor }: Tendril,
  inputs: readonly StreamInput[],
  { force, dangling, actor, signal, onTurn, onProgress }: ImportOptions & { readonly actor: Actor },
): Promise<ImportOutcome> {
  let begun = false;
  const importing = importSnapshots(store, inputs, {
    force,
    dangling,
    actor,
    now: () => clock.now(),
    postCaseMonitor,
    signal,
    ...(onTurn && { onTurn }),
    onProgress(progress) {
      begun = true;
      onProgress?.(progress);
    },
  });
  // While it waits for another writer it hears no signal; once it has begun, only it knows how it ended.
  const waiting = aborted(signal).catch((reason) => {
    if (begun) return importing;
    throw reason;
  });
  const result = await Promise.race([importing, waiting]);
  return { ...result, revision: String(result.revision) };
}
