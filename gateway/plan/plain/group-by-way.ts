import type { Way } from './way.ts';

/** Some objects, and the way to a field of them. */
interface ObjectsByWay {
  readonly way: Way | undefined;
  readonly objects: ReadonlySet<string>;
}

/** Objects with one way to a field are asked about together, when all of them can be told of. */
export function groupedByWay(
  objects: ReadonlySet<string>,
  wayTo: (object: string) => Way | undefined,
): readonly ObjectsByWay[] {
  const groups: { way: Way | undefined; readonly objects: Set<string> }[] = [];
  for (const object of objects) {
    const way = wayTo(object);
    const group = groups.find((one) => isSameWay(one.way, way));
    if (group === undefined) groups.push({ way, objects: new Set([object]) });
    else {
      group.objects.add(object);
      if (rankOf(way) > rankOf(group.way)) group.way = way;
    }
  }
  const [only, ...others] = groups;
  return only !== undefined && others.length === 0 ? [{ way: only.way, objects }] : groups;
}

function rankOf(way: Way | undefined): number {
  return way?.reached.rank ?? 0;
}

function isSameWay(one: Way | undefined, other: Way | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.subgraph === other.subgraph &&
    one.source === other.source &&
    one.reached.name === other.reached.name &&
    one.reached.key === other.reached.key &&
    one.field.requires === other.field.requires &&
    one.field.contexts === other.field.contexts &&
    one.field.type === other.field.type &&
    one.field.shape === other.field.shape &&
    one.field.enclosing?.name === other.field.enclosing?.name
  );
}
