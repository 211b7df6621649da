import type { Connection } from './connection.js';

/** The dictionary from id to number. Numbers have no gaps, from 1, also after a draft is rolled back. */

const NUMBER = 'SELECT n FROM node WHERE id = ?';
const ID = 'SELECT id FROM node WHERE n = ?';
const LAST = 'SELECT max(n) FROM node';
const ADD = 'INSERT INTO node (n, id) VALUES (?, ?)';

/** The number of an id; 0 for an unknown one. The driver cuts a string at U+0000, which no id has. */
export function numberOf(connection: Connection, id: string): number {
  if (id.includes('\u0000')) return 0;
  return connection.get<[number]>(NUMBER, id)?.[0] ?? 0;
}

/** The id of a number that was assigned. */
export function idOf(connection: Connection, number: number): string {
  return connection.get<[string]>(ID, number)?.[0] as string;
}

/** The highest number that was assigned. */
export function lastNumber(connection: Connection): number {
  return connection.get<[number | null]>(LAST)?.[0] ?? 0;
}

/** Adds an id with the next number. */
export function addNode(connection: Connection, number: number, id: string): void {
  connection.run(ADD, number, id);
}
