import {
  Kind,
  parse,
  print,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { ContextualArgument, EntityBatch, FetchNode } from '../plan/compiled-plan.ts';

/** What a plan asks of entities with values of the objects above them. */
export interface Contextual {
  readonly fetch: FetchNode;
  readonly batch: EntityBatch;
  readonly contexts: readonly ContextualArgument[];
}

/** What a variable is called for one group of a request. */
export function numberedName(name: string, number: number): string {
  return `${name}_${number}`;
}

/** A group of entities in a request. */
export interface NumberedGroup {
  readonly number: number;
  /** Which contextual arguments have no value, by their places: `0 2`. */
  readonly lacking: string;
}

interface Template {
  /** Whether anything is left to ask a group for. */
  readonly isAsking: (lacking: string) => boolean;
  readonly document: (groups: readonly NumberedGroup[]) => string;
}

/** A request is part of a plan, and lives as long. */
const templates = new WeakMap<FetchNode, Template>();
const MAX_DOCUMENTS = 100;

/** What writes the requests that a plan's request becomes. */
export function templateOf(plan: Contextual): Template {
  const known = templates.get(plan.fetch);
  if (known !== undefined) return known;
  const template = createTemplate(plan);
  templates.set(plan.fetch, template);
  return template;
}

function createTemplate({ fetch, batch, contexts }: Contextual): Template {
  const operation = withoutSpreads(fetch.document);
  const [entities] = operation.selectionSet.selections;
  if (entities?.kind !== Kind.FIELD) throw new Error('a request for entities that does not begin with them');
  const own = new Set([batch.representations, ...contexts.map(({ variable }) => variable)]);
  const documents = new Map<string, string>();
  const fields = new Map<string, FieldNode | undefined>();

  const fieldFor = (lacking: string): FieldNode | undefined => {
    if (!fields.has(lacking)) fields.set(lacking, withoutUses(entities, namesAt(lacking)));
    return fields.get(lacking);
  };
  const namesAt = (lacking: string): ReadonlySet<string> =>
    new Set(lacking === '' ? [] : lacking.split(' ').map((index) => contexts[Number(index)]?.variable ?? ''));

  const write = (groups: readonly NumberedGroup[]): string => {
    const selections = groups.flatMap(({ number, lacking }) => {
      const field = fieldFor(lacking);
      return field === undefined ? [] : [numberedField(field, own, number)];
    });
    const used = new Set<string>();
    visit({ kind: Kind.SELECTION_SET, selections }, { [Kind.VARIABLE]: ({ name }) => void used.add(name.value) });
    const variableDefinitions = (operation.variableDefinitions ?? [])
      .flatMap((one) => definitionsFor(one, own, groups))
      .filter(({ variable }) => used.has(variable.name.value));
    return print({ ...operation, variableDefinitions, selectionSet: { kind: Kind.SELECTION_SET, selections } });
  };

  return {
    isAsking: (lacking) => fieldFor(lacking) !== undefined,
    document: (groups) => {
      const key = groups.map(({ number, lacking }) => `${number}:${lacking}`).join();
      const known = documents.get(key);
      if (known !== undefined) return known;
      if (documents.size === MAX_DOCUMENTS) documents.clear();
      const document = write(groups);
      documents.set(key, document);
      return document;
    },
  };
}

function definitionsFor(
  definition: VariableDefinitionNode,
  own: ReadonlySet<string>,
  groups: readonly NumberedGroup[],
): readonly VariableDefinitionNode[] {
  const { variable } = definition;
  const name = variable.name.value;
  if (!own.has(name)) return [definition];
  return groups.map(({ number }) => ({
    ...definition,
    variable: { ...variable, name: { kind: Kind.NAME, value: numberedName(name, number) } },
  }));
}

function numberedField(field: FieldNode, own: ReadonlySet<string>, number: number): FieldNode {
  const renamed = visit(field, {
    [Kind.VARIABLE]: (variable) => {
      const { value } = variable.name;
      return own.has(value)
        ? { ...variable, name: { kind: Kind.NAME, value: numberedName(value, number) } }
        : undefined;
    },
  });
  return { ...renamed, alias: { kind: Kind.NAME, value: `_${number}` } };
}

/** Without the fields that take one of the variables; undefined where nothing else is asked for. */
function withoutUses(entities: FieldNode, names: ReadonlySet<string>): FieldNode | undefined {
  if (names.size === 0) return entities;
  const isUsing = ({ arguments: given = [] }: FieldNode): boolean =>
    given.some(({ value }) => value.kind === Kind.VARIABLE && names.has(value.name.value));
  const left = visit(entities, {
    [Kind.FIELD]: {
      enter: (field) => (isUsing(field) ? null : undefined),
      leave: (field) =>
        field.selectionSet?.selections.length === 0 ? { ...field, selectionSet: TYPENAME } : undefined,
    },
    [Kind.INLINE_FRAGMENT]: { leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined) },
  });
  return left.selectionSet === TYPENAME ? undefined : left;
}

/** The operation of a document with its named fragments written out, as parts of them are left out. */
function withoutSpreads(document: string): OperationDefinitionNode {
  const { definitions } = parse(document, { noLocation: true });
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('a request without an operation');
  return visit(operation, {
    [Kind.FRAGMENT_SPREAD]: ({ name, directives }): SelectionNode | undefined => {
      const fragment = definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
      );
      if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) return undefined;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, ...(directives && { directives }) };
    },
  });
}

const TYPENAME = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
} as const;
