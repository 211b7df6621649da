import pino, { type Logger } from 'pino';
import type { PrettyOptions } from 'pino-pretty';
import { allowsColour } from '../model/colour.js';

/** The destination of a log: a file descriptor, or a stream. */
type Destination = number | NodeJS.WritableStream;

/** The log goes to stderr, because stdout is for results. */
const STDERR = 2;

/** Fields that a terminal does not show: they are equal in every line, or are part of the sentence of a request. */
const HIDDEN = 'pid,hostname,name,method,path,status,millis';

/** The format for a terminal: the time, the message and the other fields, on one line. */
const FOR_PEOPLE: PrettyOptions = {
  sync: true,
  singleLine: true,
  translateTime: 'SYS:HH:MM:ss.l',
  ignore: HIDDEN,
  messageFormat: (line, key) => sentenceOf(line, String(line[key] ?? '')),
};

/**
 * The log of the service, on stderr: one JSON object a line, or readable lines on a terminal. Callers must not log
 * bodies, variables or tokens.
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

/** The sentence for a request; every other line has its message. */
function sentenceOf({ method, path, status, millis }: Readonly<Record<string, unknown>>, message: string) {
  return method === undefined ? message : `${method} ${path} ${status ?? 'unanswered'} ${millis} ms`;
}
