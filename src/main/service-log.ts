import pino, { type Logger } from 'pino';
import type { PrettyOptions } from 'pino-pretty';
import { allowsColour } from '../model/colour.js';

/** Where a log goes: the number of a file that is open, or what takes lines of text. */
type Destination = number | NodeJS.WritableStream;

/** stdout is for people and for results. */
const STDERR = 2;

/** What every line of this program has in common, and what the sentence of a request says already. */
const SAID = 'pid,hostname,name,method,path,status,millis';

/** How a line reads on a terminal: the time, what happened, and on the same line whatever else is known of it. */
const FOR_PEOPLE: PrettyOptions = {
  sync: true,
  singleLine: true,
  translateTime: 'SYS:HH:MM:ss.l',
  ignore: SAID,
  messageFormat: (line, key) => sentenceOf(line, String(line[key] ?? '')),
};

/**
 * The log of the service, on stderr: one JSON object a line, or, where somebody looks at a terminal, a line to read.
 * Who writes to it hands over no body, no variables and no token.
 */
export async function serviceLog(
  stderr: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
  destination: Destination = STDERR,
): Promise<Logger> {
  if (stderr.isTTY !== true) {
    const options = { name: 'tendril', timestamp: pino.stdTimeFunctions.isoTime };
    const sink =
      typeof destination === 'number' ? pino.destination({ fd: destination, sync: true }) : destination;
    return pino(options, sink);
  }
  const { default: pretty } = await import('pino-pretty');
  return pino(pretty({ ...FOR_PEOPLE, destination, colorize: allowsColour(stderr, environment) }));
}

/** A request as people write it down; every other line is what it says. */
function sentenceOf({ method, path, status, millis }: Readonly<Record<string, unknown>>, message: string) {
  return method === undefined ? message : `${method} ${path} ${status ?? 'unanswered'} ${millis} ms`;
}
