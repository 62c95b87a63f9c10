/** What is there at once where it is known, and else soon: whoever waits for nothing makes no promise. */
export type Soon<Value> = Value | Promise<Value>;
