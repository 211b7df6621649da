/** What every `asOf` argument says of itself. */
export const AS_OF = 'The moment asked about, as it was recorded then; now when not said.';
