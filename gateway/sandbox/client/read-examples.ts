import { Kind, parse, print } from 'graphql';
import type { OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** One operation that a client sends, ready to be opened in a tab. */
export interface Example {
  name: string;
  kind: `${OperationTypeNode}`;
  /** The operation, laid out over several lines, under the comment that stands above it in the file. */
  query: string;
}

/** Reads the named operations of a document, in its order. Throws a GraphQLError when the text is not GraphQL. */
export function readExamples(document: string): Example[] {
  return parse(document)
    .definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .flatMap((operation) => {
      if (!operation.name) return [];
      return [{ name: operation.name.value, kind: operation.operation, query: layOut(document, operation) }];
    });
}

function layOut(document: string, operation: OperationDefinitionNode): string {
  const above = document.slice(0, operation.loc?.start ?? 0).split('\n');
  above.pop();
  const comment: string[] = [];
  for (let line = above.pop(); line?.startsWith('#'); line = above.pop()) comment.unshift(line);
  return [...comment, print(operation), ''].join('\n');
}
