/** From how many sentences on those that are alike become one. */
const MANY = 3;

/**
 * Sentences in which only one word differs, put together: the sentence once, and the words that stand in its gap.
 * Nothing is lost by it. The others stay as they are; the order is that of the first of each.
 */
export function mergeSimilar(sentences: readonly string[]): string[] {
  const gaps = new Map<string, string[]>();
  for (const sentence of sentences) {
    for (const { gap, word } of gapsOf(sentence)) {
      const words = gaps.get(gap);
      if (words === undefined) gaps.set(gap, [word]);
      else words.push(word);
    }
  }
  const told = new Map<string, string>();
  for (const sentence of sentences) {
    const gap = largest(sentence, gaps);
    if (gap === undefined) told.set(sentence, sentence);
    else told.set(gap, `${gap} (… is each of ${gaps.get(gap)?.join(', ')})`);
  }
  return [...told.values()];
}

/** Every way to leave one word out. Punctuation behind it is the sentence's. */
function gapsOf(sentence: string): { gap: string; word: string }[] {
  const words = sentence.split(' ');
  return words.map((whole, at) => {
    const word = whole.replace(/[,.:;]$/, '');
    return { gap: words.with(at, `…${whole.slice(word.length)}`).join(' '), word };
  });
}

/** The gap that a sentence has in common with most others; undefined where they are few. */
function largest(sentence: string, gaps: ReadonlyMap<string, readonly string[]>): string | undefined {
  let found: string | undefined;
  let most = MANY - 1;
  for (const { gap } of gapsOf(sentence)) {
    const count = gaps.get(gap)?.length ?? 0;
    if (count > most) [found, most] = [gap, count];
  }
  return found;
}
