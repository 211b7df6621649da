/**
 * Whether a value looks random, or like words. Rules use this where the form of a credential has no fixed letters.
 */

/** A word, a word with a number (`laptop1`, `rsaKey2048`), or a number. */
const WORD = /^(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}|[A-Z]?[a-z]{2,20}(?:[A-Z][a-z]{2,20}){1,5})?\d{0,4}$|^\d+$/;

/** A word or a number, but not both in one: `Winter2026` is a password that people choose. */
const PLAIN_WORD = /^(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20}|\d*)$/;

/** Characters between the words of a name. Some of them are also letters of base64url. */
const BETWEEN = /[-_.,@+~=/:]/;

/** The fewest letters outside of words that make a value look random. */
const MIN_RANDOM = 12;

/** The lowest entropy of a random value, in bits a letter. Below it even a long one is a pattern (`00000000-0000`). */
const MIN_ENTROPY = 2.5;

/** Whether a value is too irregular for a name, as most keys and tokens that programs make are. */
export function looksRandom(value: string): boolean {
  const irregular = value.split(BETWEEN).filter((part) => !WORD.test(part));
  const letters = irregular.reduce((sum, { length }) => sum + length, 0);
  return value.length >= 16 && letters >= MIN_RANDOM && entropyOf(irregular.join('')) >= MIN_ENTROPY;
}

/** Whether a value looks like a password that people choose: letters and digits mixed within a word. */
export function looksChosen(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return !value.split(BETWEEN).every((part) => PLAIN_WORD.test(part));
}

const REFERENCES: readonly RegExp[] = [
  /^arn:[\w-]*:/,
  /^sha(?:1|224|256|384|512)[:-]/i,
  // Digests of MD5, SHA-1 and SHA-256, and RFC 9562.
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
];

/** A short number in base 16, which a part of a path may also be: the id of a key, or a part of a UUID. */
const SHORT_HEX = /^[0-9a-f]{1,16}$/i;

/**
 * Whether a value only names something: an ARN, a digest, a UUID, or a path or id such as
 * `projects/p1/secrets/s/versions/3`. A source may give such a value under any key.
 */
export function isReference(value: string): boolean {
  if (REFERENCES.some((pattern) => pattern.test(value))) return true;
  if (!/[/:]/.test(value)) return false;
  return value.split(BETWEEN).every((part) => WORD.test(part) || SHORT_HEX.test(part));
}

/** Shannon's entropy of the letters of a text, in bits a letter. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
