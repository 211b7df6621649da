/** The description of every `asOf` argument. */
export const AS_OF = 'The time asked about, with the state that was recorded then; now by default.';
