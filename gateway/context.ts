import type { ExecutionResult, FragmentDefinitionNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Identity } from '../wire/identity.ts';
import type { Deferral, TakeParts } from './deferral.ts';
import type { AbortNotice } from './lib/abort-notice.ts';
import type { Json } from './lib/json.ts';

/** What a client sent, whichever the transport; nothing in it is trusted yet. */
export interface ClientRequest {
  /** Correlates everything that this request causes; in every error as `extensions.requestId`. */
  readonly requestId: string;
  /** `http-stream` is HTTP whose client takes answers that come one after the other. */
  readonly transport: 'http' | 'http-stream' | 'websocket';
  /** `GET` may run queries only, so that a link cannot change anything (GraphQL over HTTP, section 5.1). */
  readonly mayMutate: boolean;
  readonly headers: ClientHeaders;
  readonly params: OperationParams;
  /** When it came, by the gateway's stopwatch; of events' own requests nobody asks. */
  readonly receivedMs?: number;
  /** Aborts when the client goes away. */
  readonly signal: AbortNotice;
  /** Takes what is deferred, for clients that take an answer in pieces. */
  readonly parts?: TakeParts;
}

/** Header fields by lower-case name; a field that came more than once is joined with a comma. */
export type ClientHeaders = Readonly<Record<string, string | undefined>>;

/** The parameters of a GraphQL request (GraphQL over HTTP, section 5), as parsed from its body, URL or socket message. */
export interface OperationParams {
  readonly query?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** The id of a stored operation, for clients that do not use `extensions.persistedQuery`. */
  readonly documentId?: string | undefined;
}

/** Who is calling, established from a verified token or API key. */
export interface Caller {
  readonly identity: Identity;
  /**
   * Tells callers apart wherever work is shared or cached: two callers with the same key see the same data. Part of every such key.
   */
  readonly key: string;
  /** When the caller's credentials end, in milliseconds since the epoch; `undefined` for credentials without an end. */
  readonly expiresAtMs?: number | undefined;
}

/** A valid operation of the API schema with its coerced variables, ready to be authorized and planned. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string | undefined;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Names the document and the operation in it, not the variables: what plans are cached by. */
  readonly key: string;
  /** Whether it was never met before, and may never be again: what is made for it need not be remembered. */
  readonly isNew?: boolean;
  /** Where the client wants fragments to follow, and takes them: how. All else about the operation is as if nothing was deferred. */
  readonly deferral?: Deferral;
}

/** The answer to an operation (GraphQL specification, section 7.1), its data written down as it goes to the client. */
export interface WrittenResult {
  /** Absent where the operation did not run. */
  readonly data?: Json;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** The whole answer, once somebody has needed it: those who share a result share these, too. */
  bytes?: Buffer;
}

/** The same for those who look into the data. */
export type OperationResult = ExecutionResult;
