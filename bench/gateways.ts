import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What a gateway is started with: paths of files, and the port that it is to listen on. */
export interface StartFiles {
  readonly supergraph: string;
  /** The subgraphs one by one, in the form of Federation 1: JSON of `{ name, url, schema }`. */
  readonly services: string;
  readonly port: number;
}

export interface Gateway {
  /** What `--only` takes. */
  readonly id: string;
  readonly title: string;
  /** The package in `bench/peers` that it cannot start without. */
  readonly peer?: string;
  readonly args: (files: StartFiles) => readonly string[];
  /** Whether it may use every core, which it then shares with load and subgraphs. */
  readonly usesAllCores?: boolean;
}

const PEERS = 'bench/peers';

export const GATEWAYS: readonly Gateway[] = [
  {
    id: 'caregraph',
    title: 'CareGraph',
    args: ourArgs,
  },
  {
    id: 'workers',
    title: 'CareGraph, two workers, on all cores',
    args: (files) => [...ourArgs(files), '--workers', '2'],
    usesAllCores: true,
  },
  {
    id: 'apollo',
    title: 'Apollo Server + Gateway',
    args: ({ supergraph, port }) => ['dist/bench/apollo-peer.js', supergraph, String(port)],
  },
  {
    id: 'hive',
    title: 'Hive Gateway',
    peer: '@graphql-hive/gateway',
    args: (files) => [...hiveArgs(files), '--jit'],
  },
  {
    id: 'hive-native',
    title: 'Hive Gateway, native planner',
    peer: '@graphql-hive/router-runtime',
    // Its own executor: with --jit it answers null.
    args: (files) => [...hiveArgs(files), '--hive-router-runtime'],
  },
  {
    id: 'mercurius',
    title: 'mercurius gateway',
    peer: '@mercuriusjs/gateway',
    args: ({ services, port }) => [`${PEERS}/mercurius.mjs`, services, String(port)],
  },
];

/** As `npm run gateway` starts it. */
function ourArgs({ supergraph, port }: StartFiles): readonly string[] {
  return [
    ...['--max-semi-space-size=32', '--heap-growing-percent=200', 'dist/gateway/main.js'],
    ...['--supergraph', supergraph, '--port', String(port), '--forward-header', 'authorization'],
  ];
}

function hiveArgs({ supergraph, port }: StartFiles): readonly string[] {
  return [
    ...[`${PEERS}/node_modules/@graphql-hive/gateway/dist/bin.js`, 'supergraph', supergraph],
    ...['--config-path', `${PEERS}/hive.config.mjs`, '--host', '127.0.0.1', '--port', String(port), '--fork', '1'],
  ];
}

/** Installs the packages of `bench/peers` where they are not there yet; says so when they cannot be had. */
export function installPeers(gateways: readonly Gateway[]): void {
  if (gateways.every(isInstalled)) return;
  console.log(`installing the peers, into ${PEERS}/node_modules`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
  if (status !== 0) console.log('the peers could not be installed: the benchmark goes on without them');
}

/** Whether everything is there that a gateway is started from. */
export function isInstalled({ peer }: Gateway): boolean {
  return peer === undefined || existsSync(`${PEERS}/node_modules/${peer}/package.json`);
}
