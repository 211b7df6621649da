/** What cannot be seen, and so does not tell two addresses apart (Unicode, Default_Ignorable_Code_Point). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The form in which two email addresses are compared: after NFKC, without invisible characters, in one case (semantics,
 * section 7). Every place that looks for a person by address uses it.
 */
export function emailKey(address: string): string {
  const seen = address.normalize('NFKC').replace(INVISIBLE, '');
  // The lower case of a composed letter need not be composed.
  return seen.toLowerCase().normalize('NFKC');
}
