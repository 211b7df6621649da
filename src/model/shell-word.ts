/** A word as a POSIX shell takes it, for commands that people copy: in quotes where it needs them. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
