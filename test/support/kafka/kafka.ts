import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../../../platform/free-port.ts';

/** One Kafka broker of its own, that is its own controller. */
export interface TestKafka {
  readonly brokers: readonly string[];
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/** Where the repository is out of reach, Maven may wait for it for long. */
const FETCH_TIMEOUT_MS = 180_000;
const JARS = resolve('node_modules/.cache/kafka-4.1.0');

/** Whether a broker can be run here: Java 17 or later, and its jars, which Maven fetches once. */
export function hasKafka(): boolean {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) return false;
  if (existsSync(JARS)) return true;
  const args = ['-q', '-B', '-f', 'test/support/kafka/pom.xml', 'dependency:copy-dependencies'];
  const { status } = spawnSync('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${JARS}.part`], {
    stdio: 'ignore',
    timeout: FETCH_TIMEOUT_MS,
  });
  if (status === 0) renameSync(`${JARS}.part`, JARS);
  return status === 0;
}

/** Starts a broker on free ports and an empty folder. */
export async function startKafka(): Promise<TestKafka> {
  const folder = mkdtempSync(join(tmpdir(), 'caregraph-kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const settings = join(folder, 'server.properties');
  writeFileSync(settings, settingsOf(folder, port, controllerPort));
  // An argument that begins with a hyphen would be taken for an option.
  const id = `c${randomBytes(16).toString('base64url').slice(1)}`;
  const formatted = spawnSync('java', java('kafka.tools.StorageTool', 'format', '-t', id, '-c', settings), {
    encoding: 'utf8',
  });
  if (formatted.status !== 0) throw new Error(`${formatted.stdout}${formatted.stderr}`);

  const brokers = [`127.0.0.1:${port}`];
  let server = await launch(settings, brokers);
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const isGone = once(server, 'exit');
    server.kill('SIGKILL');
    await isGone;
  };
  return {
    brokers,
    kill,
    async restart() {
      server = await launch(settings, brokers);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function java(...command: string[]): string[] {
  return ['-Xms64m', '-Xmx256m', '-cp', join(JARS, '*'), ...command];
}

async function launch(settings: string, brokers: string[]): Promise<ChildProcess> {
  const server = spawn('java', java('kafka.Kafka', settings), { stdio: 'ignore' });
  // kafkajs tries again with growing pauses until the broker answers.
  const retry = { retries: 150, initialRetryTime: 200, maxRetryTime: 500 };
  const admin = new Kafka({ brokers, retry, logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (cause) {
    server.kill('SIGKILL');
    throw cause;
  } finally {
    await admin.disconnect();
  }
  return server;
}

function settingsOf(folder: string, port: number, controllerPort: number): string {
  return `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${join(folder, 'data')}
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
auto.create.topics.enable=false
`;
}
