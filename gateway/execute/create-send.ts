import type { Caller, ClientHeaders, ClientRequest } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { ReportFault } from '../errors/present-errors.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import { compactText } from '../lib/compact-text.ts';
import { createInFlight, type Shared } from '../lib/share-in-flight.ts';
import type { FetchNode } from '../plan/compiled-plan.ts';
import { parseSubgraphAnswer, type SubgraphAnswer } from './parse-subgraph-answer.ts';
import { fieldLines } from './exchange/request-text.ts';
import { createJsonReader, type JsonReader } from './read/create-json-reader.ts';
import type { Send } from './run.ts';
import type { SubgraphClient, SubgraphReply } from './subgraph-client.ts';

interface Options {
  readonly clients: ReadonlyMap<string, SubgraphClient>;
  /** Whatever a subgraph is told of who asks: forwarded headers, the assertion of the caller. */
  readonly headersFor: (sender: Sender, subgraph: string) => ClientHeaders | Promise<ClientHeaders>;
  /** Told why a fetch failed, before the reason is masked. */
  readonly logFailure: ReportFault;
}

/** On whose behalf requests are sent. `signal` aborts when nobody waits for the answer any more. */
export interface Sender {
  readonly caller: Caller;
  readonly request: Pick<ClientRequest, 'headers' | 'requestId' | 'transport'>;
  readonly signal: AbortNotice;
}

/** Sends the requests of plans. */
export interface Senders {
  readonly onBehalfOf: (sender: Sender) => Send;
  /** To be called when data has changed: what is asked from then on joins no request that was sent before. */
  readonly renew: () => void;
}

/**
 * Builds what sends the requests of plans. Equal queries to one subgraph that are under way at the same time are sent once, where
 * everything that is sent is equal: the text, the variables, the caller's assertion and every forwarded header, so that two
 * identities share only what carries neither. The request id alone may differ. Queries that an event causes share nothing: they
 * are about what has just changed.
 */
export function createSend({ clients, headersFor, logFailure }: Options): Senders {
  const inFlight = createInFlight<SubgraphReply>();

  const onBehalfOf = (sender: Sender): Send => {
    const { request, signal } = sender;
    return async (fetch, variables) => {
      const client = clients.get(fetch.subgraph);
      if (client === undefined) throw new Error(`no address of subgraph "${fetch.subgraph}" is known`);
      const found = headersFor(sender, fetch.subgraph);
      const fields = linesOf(found instanceof Promise ? await found : found);
      const { opening, jsonReader } = lastingPartsOf(fetch);
      const body = `${opening}${variables}}`;
      const operation = fetch.operation === 'mutation' ? 'mutation' : 'query';
      const { requestId } = request;
      const ask = (until: AbortNotice, isShared: () => boolean) =>
        client.fetch({ body, jsonReader, operation, fields, requestId, signal: until, isShared });
      try {
        if (operation === 'mutation' || request.transport !== 'http') return (await ask(signal, isNotShared)).answer;
        const end = variables.slice(-TELLING_LENGTH);
        const key = { found: `${fetch.subgraph}\0${fields}\0${body.length}\0${end}`, compared: body };
        return ownAnswer(await inFlight.share(key, signal, ask), jsonReader);
      } catch (error) {
        if (error instanceof GatewayError && !signal.aborted) logFailure({ requestId, code: error.code, cause: error });
        throw error;
      }
    };
  };
  return { onBehalfOf, renew: inFlight.renew };
}

/** What a socket's client calls its credentials is any text: one that is no header is the client's fault. */
function linesOf(headers: ClientHeaders): string {
  try {
    return fieldLines(headers);
  } catch (cause) {
    if (cause instanceof TypeError) throw new GatewayError('BAD_USER_INPUT', cause.message, { cause });
    throw cause;
  }
}

/** Looking up a whole body takes longer than comparing it with the few of one asker that are as long and end in the same way. */
const TELLING_LENGTH = 32;

/** What every request of a fetch has in common: its body up to the variables, and what reads the answers. */
interface LastingParts {
  readonly opening: string;
  readonly jsonReader: JsonReader;
}

/** A fetch is part of a plan, and lives as long. */
const lastingParts = new WeakMap<FetchNode, LastingParts>();

function lastingPartsOf(fetch: FetchNode): LastingParts {
  const known = lastingParts.get(fetch);
  if (known !== undefined) return known;
  const { document: query, operationName } = fetch;
  const opening = compactText(`${JSON.stringify({ query, operationName }).slice(0, -1)},"variables":`);
  const parts = { opening, jsonReader: createJsonReader(query) };
  lastingParts.set(fetch, parts);
  return parts;
}

function isNotShared(): false {
  return false;
}

/** The executor changes what it is given, so that everyone but the first reads the answer anew. */
function ownAnswer({ value, isOwn }: Shared<SubgraphReply>, jsonReader: JsonReader): SubgraphAnswer {
  if (isOwn) return value.answer;
  const answer = value.bytes && parseSubgraphAnswer(value.bytes, jsonReader);
  if (answer === undefined) throw new Error('an answer that was read once cannot be read again');
  return answer;
}
