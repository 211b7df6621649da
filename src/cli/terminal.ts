import { allowsColour, type OutputStream } from '../model/colour.js';

/** What a command may assume about where its results go. */
export interface Terminal {
  /** Columns a line may take; undefined where nobody is looking at a screen: then nothing is shortened. */
  readonly width: number | undefined;
  readonly colour: boolean;
}

/** The parts of a stream and of the environment that say so. */
interface Stream extends OutputStream {
  readonly columns?: number;
}

/** Narrower than this, shortening would leave nothing to read. */
const NARROWEST = 60;

export function terminalOf(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const width = stream.isTTY === true ? Math.max(NARROWEST, stream.columns ?? NARROWEST) : undefined;
  return { width, colour: allowsColour(stream, environment) };
}
