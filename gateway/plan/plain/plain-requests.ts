import { NoPlan } from '../no-plan.ts';
import { createAskAll, type About, type AskAll, type Met } from './ask-all.ts';
import { refuseLeft, type Left } from './left.ts';
import { closedPlace, rootPlace } from './place.ts';
import type { PlainRequest, Section } from './plain-request.ts';
import { ANYBODY, type Limits } from './way.ts';

/** The requests of an operation, and the parts of it that they are for. */
export interface PlainRequests {
  readonly requests: readonly PlainRequest[];
  /** What is deferred: a fragment comes after the one that it stands in. */
  readonly deferred: readonly DeferredSection[];
}

export interface DeferredSection {
  readonly section: Section;
  /** What gives the objects that it is about. */
  readonly bases: ReadonlySet<PlainRequest>;
}

const FIRST: Section = { id: undefined, within: undefined };

/**
 * Lists the requests that together ask for all of an operation: field by field, from the root on, of whoever has it. Throws where
 * nobody can be asked for something, or there is too much to be looked at.
 */
export function plainRequests(about: About): PlainRequests {
  const { subgraphs } = about.knowledge;
  if (about.operation.definition.operation === 'query') {
    const { left, ...found } = requestsOf(about, ANYBODY);
    refuseLeft(left);
    return found;
  }
  // What changes something is begun once: in one subgraph that has, or leads to, all of it.
  for (const one of subgraphs) {
    const others = new Set(subgraphs.filter((other) => other !== one));
    const { left, ...found } = requestsOf(about, { ...ANYBODY, tried: others });
    if (left.length === 0) return found;
  }
  throw new NoPlan('none found', 'the plan would begin in several subgraphs');
}

type Found = PlainRequests & { readonly left: Left };

/** `limits` are those of who may be asked for the root. */
function requestsOf(about: About, limits: Limits): Found {
  const inline = new Set<string>();
  for (;;) {
    const found = attempt(about, limits, inline);
    if (typeof found !== 'string') return found;
    inline.add(found);
  }
}

/** Gives the id of a deferred fragment that cannot be asked for by itself; those of `inline` come with what they stand in. */
function attempt(about: About, limits: Limits, inline: ReadonlySet<string>): Found | string {
  const { operation, selectionSet } = about.operation.definition;
  const requests: PlainRequest[] = [];
  const met: Met[] = [];
  const askAll = createAskAll(about, {
    request: (one) => requests.push(one),
    deferred: (one) => {
      const isInline = inline.has(one.id);
      met.push(isInline ? { ...one, selections: [] } : one);
      return isInline ? one.selections : [];
    },
  });
  const root = rootPlace(about.knowledge.schema.getRootType(operation)?.name ?? '');
  const first = { objects: root.objects, limits, by: new Set<PlainRequest>(), section: FIRST };
  const left = askAll(root, selectionSet.selections, first);
  if (left.length > 0) return { left, requests, deferred: [] };
  const deferred = askDeferred(met, askAll);
  return typeof deferred === 'string' ? deferred : { left, requests, deferred };
}

/**
 * Asks for what is deferred by requests of its own, where the objects are known by a key; for what is not by a key, of whom gives the
 * objects. Gives the id of what nobody can be asked for so. `met` grows meanwhile.
 */
function askDeferred(met: readonly Met[], askAll: AskAll): readonly DeferredSection[] | string {
  const sections = new Map<string, { readonly section: Section; readonly bases: Set<PlainRequest> }>();
  for (const { id, within, place, selections, objects } of met) {
    const known = sections.get(id) ?? { section: { id, within }, bases: new Set<PlainRequest>() };
    sections.set(id, known);
    if (place.base !== undefined) known.bases.add(place.base.request);
    const wanted = { objects, limits: ANYBODY, by: new Set<PlainRequest>(), section: known.section };
    const left = askAll(closedPlace(place), selections, wanted);
    if (left.length > 0 && askAll(place, left, { ...wanted, section: within }).length > 0) return id;
  }
  return [...sections.values()];
}
