import { createHistogram } from 'node:perf_hooks';
import { fieldLines, openingOf, requestText } from '../gateway/execute/exchange/request-text.ts';
import type { HttpResponse } from '../gateway/execute/exchange/response-reader.ts';
import { converse } from './conversation.ts';
import type { Workload } from './workloads.ts';

/** Whether all requests are the same, or each comes with a caller of its own. */
export type Identities = 'same' | 'distinct';

export interface Load {
  readonly url: string;
  readonly workload: Workload;
  readonly identities: Identities;
  /** For how long requests are sent, where the operations are the same; those under way are waited for. */
  readonly seconds: number;
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

const TIMEOUT_MS = 60_000;

let callers = 0;

/** Sends load to a gateway. Throws when a request fails, or is answered with less than it should be. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const url = new URL(load.url);
  const microseconds = createHistogram();
  const next = requestsOf(load, url);
  let hasFailed = false;
  const begin = performance.now();
  const conversation = {
    url,
    timeoutMs: TIMEOUT_MS,
    next: () => (hasFailed ? undefined : next()),
    onResponse: (response: HttpResponse, ms: number): void => {
      check(response, load);
      microseconds.record(Math.ceil(ms * 1000));
    },
  };
  const all = Array.from({ length: load.workload.connections }, () => converse(conversation));
  try {
    await Promise.all(all);
  } catch (error) {
    // Whoever is measured next is to have the machine to itself.
    hasFailed = true;
    await Promise.allSettled(all);
    throw error;
  }
  const seconds = (performance.now() - begin) / 1000;
  return { requestsPerSecond: microseconds.count / seconds, p99Ms: microseconds.percentile(99) / 1000 };
}

/** Gives the requests one by one: the next operation, where they differ, and the next caller. */
function requestsOf(
  { workload, identities, seconds, firstOperation, operations }: Load,
  url: URL,
): () => string | undefined {
  const opening = openingOf(url);
  const request = (operation: number): string => {
    const body = JSON.stringify({ query: workload.query(operation) });
    return requestText(opening, fieldLines(headersOf(identities)), body).head + body;
  };
  if (workload.operations !== undefined) {
    let operation = firstOperation;
    return () => (operation < firstOperation + operations ? request(operation++) : undefined);
  }
  const same = identities === 'same' ? request(firstOperation) : undefined;
  const end = performance.now() + seconds * 1000;
  return () => (performance.now() < end ? (same ?? request(firstOperation)) : undefined);
}

function check({ status, bytes }: HttpResponse, { workload, answerBytes }: Load): void {
  if (status !== 200) throw new Error(`a request was answered with status ${status}`);
  if (workload.operations !== undefined && bytes.includes('"errors"')) throw new Error('an answer had errors');
  if (workload.operations === undefined && bytes.length < answerBytes)
    throw new Error('an answer under load was shorter than it should be');
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
