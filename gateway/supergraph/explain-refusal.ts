import { refusalReasons } from './refusal-reasons.ts';

/** Says for a log why a supergraph cannot be used: each reason, with its line and column in the file where it has a place. */
export function explainRefusal(error: unknown, path: string): readonly string[] {
  return refusalReasons(error).map(({ message, place }) =>
    place === undefined ? message : `${message} (${path}:${place.line}:${place.column})`,
  );
}
