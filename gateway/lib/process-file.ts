import { fileURLToPath } from 'node:url';

const IS_SOURCE = import.meta.url.endsWith('.ts');
const FOLDER = new URL(IS_SOURCE ? '../../dist/gateway/' : './', import.meta.url);

/**
 * The file of a process that the gateway starts, by its path below `gateway/`. Bundles lie beside each other; what runs from source starts
 * them all the same, so that they have to be built before.
 */
export function processFile(path: string): string {
  return fileURLToPath(new URL(path, FOLDER));
}
