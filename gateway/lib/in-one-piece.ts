/**
 * The same text, in one piece. A text that was joined of others is a tree of them to V8 until somebody needs it whole, and what is made
 * of it many times would be gone through piece by piece each time. There is no other way to ask for it than to need it whole, and a
 * number needs so at the least cost.
 */
export function inOnePiece(text: string): string {
  Number(text);
  return text;
}
