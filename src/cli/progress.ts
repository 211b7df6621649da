import type { SingleBar } from 'cli-progress';
import type { Context } from './context.js';

/** Shows progress where stderr is a terminal; elsewhere it does nothing. */
export interface Progress {
  /** @param total undefined where it is not known */
  update(done: number, total: number | undefined, words: string): void;
  /** Clears what it has drawn, so that nothing stands in the way of a sentence. */
  stop(): void;
}

const NOBODY: Progress = { update: () => {}, stop: () => {} };

/** A bar on stderr, drawn when there is first something to say. Once it is stopped, nothing draws it again. */
export async function progressOf(
  context: Context,
  what: string,
  stream: NodeJS.WritableStream = process.stderr,
): Promise<Progress> {
  if (!context.watched) return NOBODY;
  const { default: bars } = await import('cli-progress');
  let bar: SingleBar | undefined;
  let stopped = false;
  const format = `${what} {bar} {percentage}% {words}`;
  return {
    update(done, total, words) {
      // Who was asked before may answer after: a bar drawn then would stay, and keep the process from ending.
      if (stopped) return;
      if (bar === undefined) {
        bar = new bars.SingleBar({ format, stream, clearOnComplete: true, hideCursor: true });
        bar.start(total ?? 0, done, { words });
      }
      if (total !== undefined) bar.setTotal(total);
      bar.update(done, { words });
    },
    stop() {
      stopped = true;
      bar?.stop();
      bar = undefined;
    },
  };
}
