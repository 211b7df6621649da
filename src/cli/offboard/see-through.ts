import type { Client } from '../../client/client.js';
import type { Context } from '../context.js';
import { carryOut } from './carry-out.js';
import { showEnding } from './ending.js';

/** Stays while a case is carried out, and shows what it came to. */
export async function seeThrough(context: Context, client: Client, id: string): Promise<void> {
  await carryOut(context, client, id);
  await showEnding(context, client, id);
}
