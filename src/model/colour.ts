/** The part of an output stream that says whether it is a terminal. */
export interface OutputStream {
  readonly isTTY?: boolean;
}

/** Whether text for a stream may have colours: only on a terminal, and not where NO_COLOR asks for none (https://no-color.org). */
export function allowsColour(
  { isTTY }: OutputStream,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}
