/**
 * A text to compare with stored text. Neo4j orders stored text by code points, which is the order of UTF-8 bytes, but
 * compares stored text with a parameter by UTF-16 units. The two orders differ only from U+D800 on. A text with such a
 * character is written into the statement, where Neo4j compares it like stored text.
 *
 * @param parameter the parameter that has the text, such as `$p.id`
 */
export function orderText(text: string, parameter: string): string {
  return isPlainOrder(text) ? parameter : literal(text);
}

/** Several texts, as a list; `parameter` has all of them. */
export function orderTexts(texts: readonly (string | null)[], parameter: string): string {
  if (texts.every((text) => text === null || isPlainOrder(text))) return parameter;
  return `[${texts.map((text) => (text === null ? 'null' : literal(text))).join(', ')}]`;
}

const isPlainOrder = (text: string) => !/[\ud800-\uffff]/.test(text);

/** A literal with an escape for every unit, so that no part of the text is read as Cypher. */
function literal(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `'${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}'`;
}
