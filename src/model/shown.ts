/** What a caller sent, in a sentence: shortened where it is long, so that no error grows with what was sent. */
export function shown(text: string): string {
  return text.length <= 120 ? `"${text}"` : `"${text.slice(0, 120)}…"`;
}
