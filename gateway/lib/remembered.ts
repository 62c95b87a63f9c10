/** A function of a name that works out each value once: for names of a schema, of which there are only so many. */
export function remembered<Value>(look: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const value = known.get(name);
    if (value !== undefined || known.has(name)) return value as Value;
    const found = look(name);
    known.set(name, found);
    return found;
  };
}
