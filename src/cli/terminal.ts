import { allowsColour, type OutputStream } from '../model/colour.js';

/** What a command knows of the place where its results are printed. */
export interface Terminal {
  /** Columns of a line; undefined where stdout is no terminal: then no line is shortened. */
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
