import { createHash } from 'node:crypto';
import {
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  NoSchemaIntrospectionCustomRule,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { codedError } from '../errors/coded-error.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';
import { createMetBefore } from '../lib/met-before.ts';
import { deferAtRootRule, deferLabelsRule } from './defer-rules.ts';
import { forgetTokens } from './forget-tokens.ts';
import { inOnePass } from './in-one-pass.ts';
import { brokenLimit } from './measure-document.ts';
import { isNestedDeeper } from './nesting.ts';
import type { OperationLimits } from './operation-limits.ts';
import { isPlainlyValid } from './plainly-valid.ts';
import { hasDefer, withoutDefer } from './without-defer.ts';

/** A valid document, taken apart. */
export interface ReadDocument {
  /** Whether it is remembered. */
  readonly isKept: boolean;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
  /** As they are for those who take the answer whole. */
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** As they were written; undefined where `@defer` stands nowhere. */
  readonly deferring: Definitions | undefined;
}

type Definitions = Pick<ReadDocument, 'operations' | 'fragments'>;

/** Reads a document; `isExpected` tells that it will come again. */
export type ReadDocumentText = (text: string, isExpected: boolean) => ReadDocument;

interface Options {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** Off also means that no message names what the schema has: a suggestion is introspection, a field at a time. */
  readonly isIntrospectionOn: boolean;
}

const CACHE_BYTES = 64 * 1024 * 1024;
/** What a syntax tree takes in memory for each character of its text, roughly. */
const TREE_BYTES_PER_CHARACTER = 30;
const MAX_ERRORS = 20;

/**
 * Builds the reader of documents: parse, limits, validation against the API schema. Valid documents are remembered by their text when
 * they come for the second time, or are expected to come again: what comes but once displaces nothing. Throws `GRAPHQL_PARSE_FAILED`, `OPERATION_TOO_COMPLEX` or `GRAPHQL_VALIDATION_FAILED`.
 */
export function createReadDocument({ schema, limits, isIntrospectionOn }: Options): ReadDocumentText {
  const known = new LRUCache<string, ReadDocument>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (_document, text) => (text.length + 1) * TREE_BYTES_PER_CHARACTER,
  });
  const isMetBefore = createMetBefore();
  const always = [...specifiedRules, deferLabelsRule, deferAtRootRule];
  const rule = inOnePass(isIntrospectionOn ? always : [...always, NoSchemaIntrospectionCustomRule]);

  return (text, isExpected) => {
    const remembered = known.get(text);
    if (remembered !== undefined) return remembered;
    if (isNestedDeeper(text, limits.maxNesting))
      throw new GatewayError(
        'OPERATION_TOO_COMPLEX',
        `The document has brackets deeper than ${limits.maxNesting} levels.`,
      );
    const document = parsed(text, limits.maxTokens);
    const broken = brokenLimit(document, limits);
    if (broken !== undefined) throw new GatewayError('OPERATION_TOO_COMPLEX', broken);
    const errors = isPlainlyValid(schema, document) ? [] : validated(schema, document, rule);
    if (errors.length > 0) throw new OperationRefused(errors.map((error) => refusalOf(error, isIntrospectionOn)));
    const hash = createHash('sha256').update(text).digest('hex');
    const isKept = isExpected || isMetBefore(hash);
    if (isKept) forgetTokens(document);
    const read = { hash, isKept, ...takenApart(text, document) };
    if (isKept) known.set(text, read);
    return read;
  };
}

function parsed(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes('Document contains more that'))
      throw new GatewayError('OPERATION_TOO_COMPLEX', `The document has more than ${maxTokens} tokens.`);
    throw new OperationRefused([
      codedError(error, { message: error.message, extensions: { code: 'GRAPHQL_PARSE_FAILED' } }),
    ]);
  }
}

/** A rule throws where the root field of a subscription depends on a variable, which has no value yet. */
function validated(schema: GraphQLSchema, document: DocumentNode, rule: ValidationRule): readonly GraphQLError[] {
  try {
    return validate(schema, document, [rule], { maxErrors: MAX_ERRORS });
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function refusalOf(error: GraphQLError, mayName: boolean): GraphQLError {
  const message = mayName ? error.message : error.message.replace(/ ?Did you mean .*$/s, '');
  return codedError(error, { message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

function takenApart(text: string, document: DocumentNode): Definitions & Pick<ReadDocument, 'deferring'> {
  const written = definitionsOf(document);
  if (!text.includes(DEFER_DIRECTIVE.name) || !hasDefer(document)) return { deferring: undefined, ...written };
  return { deferring: written, ...definitionsOf(withoutDefer(document)) };
}

function definitionsOf({ definitions }: DocumentNode): Definitions {
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return { operations, fragments };
}
