import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

export type ParseDocument = (document: string) => DocumentNode;

/** Makes a parser that parses each text once, for as long as it is kept: the checks of a plan read the same documents. */
export function createParseOnce(): ParseDocument {
  const known = new Map<string, DocumentNode>();
  return (document) => {
    let parsed = known.get(document);
    if (parsed === undefined) known.set(document, (parsed = parse(document, { noLocation: true })));
    return parsed;
  };
}

/** The operation of a document that has one, and its fragments by their names. */
export function definitionsOf({ definitions }: DocumentNode): {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
} {
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('a document without an operation');
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return { operation, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
}
