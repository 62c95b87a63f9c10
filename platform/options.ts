import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Environment } from './process-settings.ts';

/** What `npm start -- ...` was asked for. A port of 0 stands for "any that is free". */
export interface PlatformOptions {
  readonly gatewayPort: number;
  /** The port of the first subgraph; the others follow it. */
  readonly subgraphPort: number;
  readonly dataFolder: string;
  readonly isReset: boolean;
  readonly isHelp: boolean;
}

export const USAGE = `usage: npm start -- [options]
  --port N           the gateway's port (PORT, or 4000)
  --subgraph-port N  the first of the six subgraphs' ports (4001)
  --data DIR         where the databases, mails, keys and logs are kept (.data)
  --reset            throw the databases and mails away and start from fresh seed data
  --help             show this`;

/**
 * Reads the command line, which wins, and `PORT` of the environment; a relative data folder is taken from `folder`. Throws an
 * Error that says what is wrong.
 */
export function parseOptions(argv: readonly string[], folder: string, environment: Environment = {}): PlatformOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      'subgraph-port': { type: 'string', default: '4001' },
      data: { type: 'string', default: '.data' },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.data === '') throw new Error('--data needs the name of a folder');
  return {
    gatewayPort: gatewayPort(values.port, environment['PORT']),
    subgraphPort: portFrom('--subgraph-port', values['subgraph-port'], 65_530),
    dataFolder: isAbsolute(values.data) ? values.data : resolve(folder, values.data),
    isReset: values.reset,
    isHelp: values.help,
  };
}

function gatewayPort(option: string | undefined, setting = ''): number {
  if (option !== undefined) return portFrom('--port', option, 65_535);
  return setting === '' ? 4000 : portFrom('PORT', setting, 65_535);
}

function portFrom(option: string, value: string, highest: number): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= highest) return port;
  throw new Error(`${option} needs a port number from 0 to ${highest}, not "${value}"`);
}
