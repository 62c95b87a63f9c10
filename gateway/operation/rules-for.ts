import {
  Kind,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  OverlappingFieldsCanBeMergedRule,
  VariablesInAllowedPositionRule,
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type SelectionSetNode,
  type ValidationRule,
  type ValueNode,
} from 'graphql';

/** What many documents do without. */
interface Contents {
  hasVariables: boolean;
  /** Whether fields may have to be one: there are fragments, or two fields of one response key within the same braces. */
  mayOverlap: boolean;
}

const ABOUT_VARIABLES: ReadonlySet<ValidationRule> = new Set([
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  VariablesInAllowedPositionRule,
]);

/** The rules that may find something wrong in a document, in their order: those that take longest need not be asked about each. */
export function rulesFor(document: DocumentNode, rules: readonly ValidationRule[]): readonly ValidationRule[] {
  const { hasVariables, mayOverlap } = contentsOf(document);
  if (hasVariables && mayOverlap) return rules;
  return rules.filter((rule) =>
    ABOUT_VARIABLES.has(rule) ? hasVariables : mayOverlap || rule !== OverlappingFieldsCanBeMergedRule,
  );
}

function contentsOf({ definitions }: DocumentNode): Contents {
  const found: Contents = { hasVariables: false, mayOverlap: false };

  function note({ directives = [], arguments: given = [] }: Bearer): void {
    found.hasVariables ||= given.some(({ value }) => hasVariable(value));
    directives.forEach(note);
  }

  function walk({ selections }: SelectionSetNode): void {
    const keys = new Set<string>();
    for (const selection of selections) {
      note(selection);
      if (selection.kind === Kind.FIELD) keys.add((selection.alias ?? selection.name).value);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) walk(selection.selectionSet);
    }
    found.mayOverlap ||= keys.size < selections.length;
  }

  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return { hasVariables: true, mayOverlap: true };
    found.hasVariables ||= (definition.variableDefinitions ?? []).length > 0;
    note(definition);
    walk(definition.selectionSet);
  }
  return found;
}

/** What directives stand on, and what takes arguments. */
interface Bearer {
  readonly directives?: readonly DirectiveNode[] | undefined;
  readonly arguments?: readonly ArgumentNode[] | undefined;
}

/** Whether a variable stands in a value. */
function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariable(field.value));
  return value.kind === Kind.VARIABLE;
}
