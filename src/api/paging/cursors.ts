import { badInput } from '../../model/errors.js';

/** One part of the place of a row in an order: a value, or the id. */
export type CursorPart = string | number | null;

/**
 * A cursor is opaque to callers: base64url of JSON that names the list and order it belongs to, and the place
 * of a row by value. It has no row number, so that rows written between two pages shift nothing.
 */
export function encodeCursor(list: string, parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify([list, ...parts])).toString('base64url');
}

/**
 * The parts of a cursor.
 *
 * @throws BAD_INPUT where it is no cursor, or belongs to another list or order.
 */
export function decodeCursor(cursor: string, list: string, length: number): CursorPart[] {
  const parts = parse(cursor);
  if (parts === undefined)
    throw badInput('That is not a cursor. Give one that a page of this list gave you.');
  if (parts[0] !== list || parts.length !== length + 1) {
    throw badInput('This cursor is of another list or another order. Ask for the first page again.');
  }
  return parts.slice(1);
}

function parse(cursor: string): CursorPart[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every(isPart) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function isPart(value: unknown): value is CursorPart {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
