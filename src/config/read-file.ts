import { readFileSync } from 'node:fs';
import { ConfigError } from '../config.js';
import { TendrilError } from '../model/errors.js';

/**
 * Reads a file that a variable of the configuration names.
 *
 * @param variable the name of the variable, for messages
 * @param read parses the text; an error of it names the file
 * @throws ConfigError where the file cannot be read, or `read` refuses it
 */
export function readConfiguredFile<T>(
  variable: string,
  file: string,
  read: (text: string, name: string) => T,
): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`${variable} names the file ${file}, which cannot be read.`);
  }
  try {
    return read(text, file);
  } catch (error) {
    if (error instanceof TendrilError) throw new ConfigError(`${variable}: ${error.message}`);
    throw error;
  }
}
