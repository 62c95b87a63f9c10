import { serialize } from 'node:v8';
import { expect, it } from '@jest/globals';
import { compactText } from './compact-text.ts';

/** How many bytes V8 has for each character of a text: its serializer writes the text as it is. */
function bytesPerCharacter(text: string): 1 | 2 {
  return serialize(text).includes(Buffer.from(text, 'utf16le')) ? 2 : 1;
}

it('has a byte for each character, whatever the text was a part of', () => {
  const part = '“a long document of a client”'.slice(1, -1);
  expect(bytesPerCharacter(part)).toBe(2);

  expect(compactText(part)).toBe(part);
  expect(bytesPerCharacter(compactText(part))).toBe(1);
});

it('is the same text in any language', () => {
  for (const text of ['', 'é', '患者 “x”', '😀']) expect(compactText(text)).toBe(text);
});
