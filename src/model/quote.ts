/**
 * A text that a caller sent, quoted for a sentence. It is shortened where it is long, so that no message grows with
 * what was sent.
 *
 * @param longest the most characters of it that are shown
 */
export function quote(text: string, longest = 120): string {
  if (text.length <= longest) return `"${text}"`;
  // The cut may have split a surrogate pair, and a message has to be well-formed.
  return `"${text.slice(0, longest).toWellFormed()}…"`;
}
