/** A word for a POSIX shell, in quotes where it needs them: for commands that people copy. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
