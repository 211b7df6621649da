/** The command line was used in a way that cannot be meant. One sentence; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
