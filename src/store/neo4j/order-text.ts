/**
 * Text that others are compared with in order. Neo4j orders what it has stored by code points, which is the order
 * of UTF-8 bytes, but compares that with a parameter by UTF-16 units. The two differ only from U+D800 on; text
 * with such a character is written into the statement, where Neo4j treats it as it does what is stored.
 *
 * @param parameter what the statement calls the parameter that has it, such as `$p.id`.
 */
export function orderText(text: string, parameter: string): string {
  return isPlainOrder(text) ? parameter : literal(text);
}

/** Several, as a list; `parameter` has all of them. */
export function orderTexts(texts: readonly (string | null)[], parameter: string): string {
  if (texts.every((text) => text === null || isPlainOrder(text))) return parameter;
  return `[${texts.map((text) => (text === null ? 'null' : literal(text))).join(', ')}]`;
}

const isPlainOrder = (text: string) => !/[\ud800-\uffff]/.test(text);

/** Every unit as an escape: nothing of the text is read as Cypher. */
function literal(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `'${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}'`;
}
