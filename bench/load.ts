import autocannon from 'autocannon';
import type { Workload } from './workloads.ts';

/** Whether all requests are the same, or each comes with a caller of its own. */
export type Identities = 'same' | 'distinct';

export interface Load {
  readonly url: string;
  readonly workload: Workload;
  readonly identities: Identities;
  readonly seconds: number;
  /** A load that warms up need not get answers within its time. */
  readonly isWarmUp: boolean;
  /** The number of the first operation to send, where the operations differ. */
  readonly firstOperation: number;
  /** How many operations to send, where the operations differ. */
  readonly operations: number;
  /** The size of an answer in bytes, where the operations are the same: a shorter one is a failed one. */
  readonly answerBytes: number;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

const TIMEOUT_SECONDS = 60;
/** How often autocannon looks whether the last operation is answered: every second, where it is not told. */
const SAMPLE_MS = 20;

let callers = 0;

/** Sends load to a gateway. Throws when a request fails, or is answered with less than it should be. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const { workload, identities } = load;
  const isDistinct = workload.operations !== undefined;
  const begin = performance.now();
  const result = await autocannon({
    url: load.url,
    method: 'POST',
    headers: headersOf(identities),
    body: JSON.stringify({ query: workload.query(load.firstOperation) }),
    connections: workload.connections,
    timeout: TIMEOUT_SECONDS,
    ...(isDistinct
      ? { amount: load.operations, sampleInt: SAMPLE_MS, verifyBody: (body) => !String(body).includes('"errors"') }
      : { duration: load.seconds }),
    ...(isDistinct || identities === 'distinct' ? { requests: [{ setupRequest: nextRequest(load) }] } : {}),
  });
  const seconds = (performance.now() - begin) / 1000;
  const answered = result['2xx'];
  const failed = result.non2xx + result.errors + result.mismatches;
  if (failed > 0) throw new Error(`${failed} requests failed, or were answered with errors`);
  if (answered === 0 && !load.isWarmUp) throw new Error(`no request was answered in ${load.seconds} s`);
  if (!isDistinct && result.throughput.total / answered < load.answerBytes)
    throw new Error('answers under load were shorter than they should be');
  return { requestsPerSecond: answered / seconds, p99Ms: result.latency.p99 };
}

/** Makes each request: the next operation, where they differ, and the next caller. */
function nextRequest({
  workload,
  identities,
  firstOperation,
}: Load): (request: autocannon.Request) => autocannon.Request {
  let operation = firstOperation;
  return (request) => ({
    ...request,
    ...(workload.operations === undefined ? {} : { body: JSON.stringify({ query: workload.query(operation++) }) }),
    headers: headersOf(identities),
  });
}

/** The headers of a client's request; every call is another caller where identities are distinct. */
export function headersOf(identities: Identities): Record<string, string> {
  callers += identities === 'distinct' ? 1 : 0;
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer caller-${callers}`,
  };
}
