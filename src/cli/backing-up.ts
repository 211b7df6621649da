import { backUpStore } from '../client/local/backup.js';
import { type Context, printJson, printLines } from './context.js';

/** Copies the embedded store into a file. @throws as {@link backUpStore} */
export async function backUp(context: Context, file: string): Promise<void> {
  await backUpStore(context.environment, file);
  if (context.json) printJson(context, { file });
  else printLines(context, [`Copied to ${file}.`]);
}
