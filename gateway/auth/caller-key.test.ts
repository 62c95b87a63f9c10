import { describe, expect, it } from '@jest/globals';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { callerKey } from './caller-key.ts';

const someone: Identity = {
  kind: 'user',
  subject: 'a',
  roles: ['PATIENT', 'DOCTOR'],
  scopes: ['x', 'y'],
  sessionId: 's',
};

describe('callerKey', () => {
  it('is the same whatever the order of roles and scopes', () => {
    expect(callerKey({ ...someone, roles: ['DOCTOR', 'PATIENT'], scopes: ['y', 'x'] })).toBe(callerKey(someone));
  });

  it('tells two sessions of one person apart, so that signing out of one does not end the other', () => {
    expect(callerKey({ ...someone, sessionId: 't' })).not.toBe(callerKey(someone));
  });

  it('tells callers apart whose parts would read alike in a row', () => {
    const keys = [
      someone,
      ANONYMOUS,
      { ...someone, kind: 'partner' as const },
      { ...someone, subject: 'anonymous' },
      { ...someone, subject: 'a","PATIENT' },
      { ...someone, scopes: ['x y'] },
      { ...someone, roles: [], scopes: ['PATIENT', 'DOCTOR', 'x', 'y'] },
    ].map(callerKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
