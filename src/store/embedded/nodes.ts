import type { Connection } from './connection.js';

/** The dictionary from id to number: dense from 1; a draft that is rolled back leaves no gap. */

const NUMBER = 'SELECT n FROM node WHERE id = ?';
const ID = 'SELECT id FROM node WHERE n = ?';
const LAST = 'SELECT max(n) FROM node';
const ADD = 'INSERT INTO node (n, id) VALUES (?, ?)';

/** 0 for an id the store does not know. The binding cuts a string at U+0000, which no id has. */
export function numberOf(connection: Connection, id: string): number {
  if (id.includes('\u0000')) return 0;
  return connection.get<[number]>(NUMBER, id)?.[0] ?? 0;
}

/** The id of a number that has been given. */
export function idOf(connection: Connection, number: number): string {
  return connection.get<[string]>(ID, number)?.[0] as string;
}

/** The highest number given so far. */
export function lastNumber(connection: Connection): number {
  return connection.get<[number | null]>(LAST)?.[0] ?? 0;
}

/** Enters an id under the next number. */
export function addNode(connection: Connection, number: number, id: string): void {
  connection.run(ADD, number, id);
}
