/** What a command may assume about where its results go. */
export interface Terminal {
  /** Columns a line may take; undefined where nobody is looking at a screen: then nothing is shortened. */
  readonly width: number | undefined;
  readonly colour: boolean;
}

/** The parts of a stream and of the environment that say so. */
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Narrower than this, shortening would leave nothing to read. */
const NARROWEST = 60;

/** No colours where a program reads along, or where somebody asked for none (https://no-color.org). */
export function terminalOf(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  if (stream.isTTY !== true) return { width: undefined, colour: false };
  const silenced = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return { width: Math.max(NARROWEST, stream.columns ?? NARROWEST), colour: !silenced };
}
