import { Kind, parse, print, visit, type DocumentNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import type { EntityBatch, FetchNode, RequiredSelection } from './compiled-plan.ts';
import type { SeparatedSupergraph } from './separate-requirements.ts';

/** Fields that can be asked for together: at most one value of each field that they require. */
interface Group {
  readonly fields: Set<string>;
  /** By the name of the field that is meant: the one that stands for it. */
  readonly values: Map<string, string>;
}

/**
 * Splits a request whose representations would need two values for one field into several. Most have no such need, and come back as
 * they are. What requires a value stands directly in the selection of `_entities`: only there is a representation at hand.
 */
export function splitClashingFetch(fetch: FetchNode, separated: SeparatedSupergraph): readonly FetchNode[] {
  const { target } = fetch;
  if (target.kind === 'root' || !target.batches.some((batch) => isClashing(batch, separated))) return [fetch];
  const document = parse(fetch.document, { noLocation: true });
  return target.batches.flatMap((batch) => {
    const required = new Set(requiredFieldsOf(batch.requires, separated));
    return groupsOf(document, batch, { separated, required }).map((group) => {
      const isRequired = (name: string): boolean => !required.has(name) || [...group.values.values()].includes(name);
      return {
        ...fetch,
        document: print(documentOf(document, batch, group)),
        target: { kind: 'entities', batches: [{ ...batch, requires: onlyRequired(batch.requires, isRequired) }] },
      } as const;
    });
  });
}

function isClashing({ requires }: EntityBatch, separated: SeparatedSupergraph): boolean {
  const names = new Set(requiredFieldsOf(requires, separated));
  return new Set([...names].map((name) => separated.requiredFields.get(name)?.name)).size < names.size;
}

/** The added fields that a representation is made of. */
function requiredFieldsOf(selections: readonly RequiredSelection[], separated: SeparatedSupergraph): readonly string[] {
  return selections.flatMap((one) => [
    ...(one.kind === 'field' && separated.requiredFields.has(one.name) ? [one.name] : []),
    ...requiredFieldsOf(one.selections ?? [], separated),
  ]);
}

function groupsOf(
  document: DocumentNode,
  batch: EntityBatch,
  { separated, required }: { readonly separated: SeparatedSupergraph; readonly required: ReadonlySet<string> },
): readonly Group[] {
  const groups: Group[] = [];
  for (const field of entityFields(document, batch)) {
    // An added field requires what the field that it stands for does.
    const meantField = separated.requiredFields.get(field)?.name ?? field;
    const needs = [...(separated.requirements.get(meantField) ?? [])]
      .filter((name) => required.has(name))
      .map((name) => [separated.requiredFields.get(name)?.name ?? name, name] as const);
    const fits = ({ values }: Group): boolean => needs.every(([meant, name]) => (values.get(meant) ?? name) === name);
    let group = groups.find(fits);
    if (group === undefined) groups.push((group = { fields: new Set(), values: new Map() }));
    group.fields.add(field);
    for (const [meant, name] of needs) group.values.set(meant, name);
  }
  return groups;
}

/** The names of the fields that are asked of the entities of a batch. */
function entityFields(document: DocumentNode, batch: EntityBatch): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') names.add(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
    }
  };
  visit(document, {
    [Kind.OPERATION_DEFINITION]: ({ selectionSet: { selections } }) => {
      for (const one of selections)
        if (one.kind === Kind.FIELD && responseKeyOf(one) === batch.responseKey && one.selectionSet)
          collect(one.selectionSet);
      return false;
    },
  });
  return names;
}

/** The document with the entities of one batch, and of their fields with those of one group. */
function documentOf(document: DocumentNode, { responseKey }: EntityBatch, { fields }: Group): DocumentNode {
  const narrowed = ({ selections }: SelectionSetNode): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: selections.flatMap((one): SelectionNode[] => {
      if (one.kind === Kind.FIELD) return one.name.value === '__typename' || fields.has(one.name.value) ? [one] : [];
      if (one.kind === Kind.FRAGMENT_SPREAD) return [one];
      const selectionSet = narrowed(one.selectionSet);
      return selectionSet.selections.length === 0 ? [] : [{ ...one, selectionSet }];
    }),
  });
  return visit(document, {
    [Kind.OPERATION_DEFINITION]: (operation) => {
      const entities = operation.selectionSet.selections.flatMap((one) =>
        one.kind === Kind.FIELD && responseKeyOf(one) === responseKey && one.selectionSet
          ? [{ ...one, selectionSet: narrowed(one.selectionSet) }]
          : [],
      );
      const selectionSet = { kind: Kind.SELECTION_SET, selections: entities } as const;
      const used = new Set<string>();
      visit(selectionSet, { [Kind.VARIABLE]: ({ name }) => void used.add(name.value) });
      const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
        used.has(variable.name.value),
      );
      return { ...operation, ...(variableDefinitions && { variableDefinitions }), selectionSet };
    },
  });
}

function onlyRequired(
  selections: readonly RequiredSelection[],
  isRequired: (name: string) => boolean,
): readonly RequiredSelection[] {
  return selections.flatMap((one): RequiredSelection[] => {
    if (one.kind === 'fragment') return [{ ...one, selections: onlyRequired(one.selections, isRequired) }];
    if (!isRequired(one.name)) return [];
    return [{ ...one, selections: one.selections && onlyRequired(one.selections, isRequired) }];
  });
}
