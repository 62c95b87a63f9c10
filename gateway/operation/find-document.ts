import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller, OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';

/** The text of the document that a request means. */
export interface FoundDocument {
  readonly text: string;
  /** To be called once the text has proved to be a valid document: from then on its hash alone calls it. */
  readonly register: (() => void) | undefined;
}

export type FindDocument = (params: OperationParams, caller: Caller) => FoundDocument;

/** The stored operations of a partner, text by hash; undefined for whom nobody stored any. */
export type StoredOperations = (partner: string) => ReadonlyMap<string, string> | undefined;

const STORE_BYTES = 16 * 1024 * 1024;

/**
 * Builds the lookup of documents: the text that was sent, or the one that its SHA-256 names (Apollo's automatic persisted
 * queries, or `documentId`). A partner gets its stored operations and nothing else. The store of automatic persisted queries is
 * shared by all callers, as documents are not data: whoever knows a hash knows the text. Throws `BAD_USER_INPUT`,
 * `PERSISTED_QUERY_NOT_FOUND` or `PERSISTED_QUERY_REQUIRED`.
 */
export function createFindDocument(storedOperations: StoredOperations): FindDocument {
  const registered = new LRUCache<string, string>({
    maxSize: STORE_BYTES,
    sizeCalculation: (text) => text.length + 64,
  });

  return (params, caller) => {
    const hash = hashOf(params);
    if (caller.identity.kind === 'partner')
      return { text: storedText(storedOperations(caller.identity.subject), params.query, hash), register: undefined };
    if (params.query !== undefined) return sentText(params.query, hash);
    if (hash === undefined)
      throw new GatewayError('BAD_USER_INPUT', 'The request names no document: send "query".', { httpStatus: 400 });
    const text = registered.get(hash);
    // Clients look for this very message to send the text again.
    if (text === undefined)
      throw new GatewayError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { httpStatus: 200 });
    return { text, register: undefined };
  };

  function sentText(text: string, hash: string | undefined): FoundDocument {
    if (hash === undefined) return { text, register: undefined };
    if (createHash('sha256').update(text).digest('hex') !== hash)
      throw new GatewayError('BAD_USER_INPUT', 'The sha256Hash is not the SHA-256 of the query that came with it.');
    return { text, register: () => void registered.set(hash, text) };
  }
}

/** The text is compared too where it came along, so that a partner cannot call one operation and believe it ran another. */
function storedText(
  stored: ReadonlyMap<string, string> | undefined,
  sent: string | undefined,
  hash: string | undefined,
): string {
  const text = hash === undefined ? undefined : stored?.get(hash);
  if (text === undefined || (sent !== undefined && sent !== text))
    throw new GatewayError(
      'PERSISTED_QUERY_REQUIRED',
      'This API key runs its stored operations only: call one by its id.',
    );
  return text;
}

/** The hash of `extensions.persistedQuery`, or `documentId`, with or without `sha256:` before it. */
function hashOf({ extensions, documentId }: OperationParams): string | undefined {
  const persistedQuery = extensions?.['persistedQuery'];
  if (persistedQuery == null) return documentId?.replace(/^sha256:/, '').toLowerCase();
  const { version, sha256Hash } = persistedQuery as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256Hash))
    throw new GatewayError('BAD_USER_INPUT', 'extensions.persistedQuery needs "version": 1 and a "sha256Hash" in hex.');
  return sha256Hash.toLowerCase();
}
