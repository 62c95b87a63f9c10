import { compactText } from '../lib/compact-text.ts';
import type { EntityBatch, RequiredSelection } from '../plan/compiled-plan.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { jsonString, jsonText } from './json-text.ts';
import { merge, setOwn } from './merge.ts';
import { isObject, ownValue } from './places.ts';
import type { ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

interface Representation {
  readonly text: string;
  readonly referenceSize: number;
}

/** Makes the representations of a batch. */
export interface Representer {
  /** Writes what a subgraph needs to know an object by; undefined where something of it is missing. */
  readonly write: (object: ResultObject, isPlain: boolean) => Representation | undefined;
  /** Where entities of one type are known by one field. */
  readonly onlyKey?: OnlyKey;
}

export interface OnlyKey {
  /** The key of an object; undefined where it has none. */
  readonly of: (object: ResultObject) => unknown;
  /** What is written before it, which is a text. */
  readonly opening: string;
  /** What is written between it and that of the next object. */
  readonly between: string;
}

/** A batch is part of a plan, and lives as long. */
const representers = new WeakMap<EntityBatch, Representer>();

/** What makes the representations of a batch: worked out once. */
export function representerOf(batch: EntityBatch): Representer {
  const known = representers.get(batch);
  if (known !== undefined) return known;
  const representer = keyRepresenter(batch) ?? anyRepresenter(batch);
  representers.set(batch, representer);
  return representer;
}

/** For what nearly all batches need, a key of scalars for each type: the text is written without making an object first. */
function keyRepresenter({ requires, inputRewrites }: EntityBatch): Representer | undefined {
  const keys = new Map<string, readonly KeyField[]>();
  for (const one of requires) {
    if (one.kind === 'field') return undefined;
    const names = scalarNames(one.selections);
    if (names?.delete('__typename') !== true || names.size === 0) return undefined;
    for (const type of one.types) {
      // Of several fragments that apply, one may be left out where something is missing.
      if (keys.has(type)) return undefined;
      keys.set(type, keyFields(type, [...names]));
    }
  }
  if (inputRewrites.length > 0) return undefined;

  const write: Representer['write'] = (object, isPlain) => {
    const type = object['__typename'];
    const fields = typeof type === 'string' ? keys.get(type) : undefined;
    if (fields === undefined) return undefined;
    let text = '';
    for (const { name, opening, openingOfText } of fields) {
      const value = ownValue(object, name);
      if (typeof value === 'string' && isPlain) text += `${openingOfText}${value}"`;
      else {
        const written = typeof value === 'string' ? jsonString(value, false) : jsonText(value);
        if (written === undefined) return undefined;
        text += opening + written;
      }
    }
    return { text: `${text}}`, referenceSize: fields.length + 1 };
  };
  const [[onlyType, [only, ...others]] = [undefined, []]] = keys;
  if (keys.size !== 1 || only === undefined || others.length > 0) return { write };
  const of = (object: ResultObject): unknown =>
    object['__typename'] === onlyType ? ownValue(object, only.name) : undefined;
  const opening = only.openingOfText;
  return { write, onlyKey: { of, opening, between: compactText(`"},${opening}`) } };
}

/** A field of a key, and what is written before its value: few texts are made on the way to a representation. */
interface KeyField {
  readonly name: string;
  readonly opening: string;
  /** With the quotation mark that a text begins with. */
  readonly openingOfText: string;
}

function keyFields(type: string, names: readonly string[]): readonly KeyField[] {
  return names.map((name, index) => {
    const opening = compactText(`${index === 0 ? `{"__typename":"${type}"` : ''},"${name}":`);
    return { name, opening, openingOfText: compactText(`${opening}"`) };
  });
}

/** The names of fields that are asked for under their own names, and have nothing below them. */
function scalarNames(selections: readonly RequiredSelection[]): Set<string> | undefined {
  const names = new Set<string>();
  for (const field of selections) {
    if (field.kind !== 'field' || field.selections !== undefined || field.key !== field.name) return undefined;
    names.add(field.name);
  }
  return names;
}

function anyRepresenter({ requires, inputRewrites }: EntityBatch): Representer {
  const write: Representer['write'] = (object) => {
    const representation = representationOf(object, requires);
    if (representation === undefined || typeof representation['__typename'] !== 'string') return undefined;
    applyRewrites(representation, inputRewrites);
    const text = jsonText(representation);
    return text === undefined ? undefined : { text, referenceSize: 0 };
  };
  return { write };
}

/** The part of an object that a subgraph needs to know it by; `undefined` where something of it is missing. */
function representationOf(
  source: ResultObject,
  selections: readonly RequiredSelection[],
  isNested = false,
): ResultObject | undefined {
  const representation: ResultObject = {};
  for (const selection of selections) {
    if (selection.kind === 'field') {
      const value = required(ownValue(source, selection.key), selection.selections);
      if (value === undefined) return undefined;
      setOwn(representation, selection.name, value);
    } else if (typeof source['__typename'] === 'string' && selection.types.has(source['__typename'])) {
      // Of the entity itself several fragments may apply: what one field needs, and failed, must not keep another from being asked for.
      const part = representationOf(source, selection.selections, isNested);
      if (part !== undefined) merge(representation, part);
      else if (isNested) return undefined;
    }
  }
  return representation;
}

function required(value: unknown, selections: readonly RequiredSelection[] | undefined): unknown {
  if (value === IRRECONCILABLE) return undefined;
  if (selections === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => required(item, selections));
    return items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? representationOf(value, selections, true) : undefined;
}
