import type { z } from 'zod';
import type { SubgraphName } from '../../wire/names.ts';
import { loadSettings, SettingsError } from './settings.ts';

/** `loadSettings` for a `main.ts`: settings that do not hold end the process with 1 and one message, which needs no stack. */
export function settingsOrExit<Own extends z.ZodRawShape>(
  subgraph: SubgraphName,
  environment: Readonly<Record<string, string | undefined>>,
  own: Own,
): ReturnType<typeof loadSettings<Own>> {
  try {
    return loadSettings(subgraph, environment, own);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
