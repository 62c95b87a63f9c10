import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { scalars } from './scalars.ts';

describe('EmailAddress', () => {
  it('is read without regard to letter case, from variables and from literals', () => {
    expect(scalars.EmailAddress.parseValue('Mona@Example.COM')).toBe('mona@example.com');
    expect(scalars.EmailAddress.parseLiteral(parseValue('"Mona@Example.COM"'))).toBe('mona@example.com');
  });

  it.each(['mona', 'mona@', '@example.com', 'mona @example.com', 'mona@example.com\nBcc: all@example.com', 7, null])(
    'refuses %j',
    (value) => {
      expect(() => scalars.EmailAddress.parseValue(value)).toThrow();
    },
  );
});

describe('Date', () => {
  it('is a day of the calendar, under its own name', () => {
    expect(scalars.Date.name).toBe('Date');
    expect(scalars.Date.parseValue('2024-02-29')).toBe('2024-02-29');
  });

  it.each(['2023-02-29', '1990-4-23', '1990-04-23T00:00:00Z', 'yesterday', 19900423])('refuses %j', (value) => {
    expect(() => scalars.Date.parseValue(value)).toThrow('Date must be a day such as "1990-04-23"');
  });
});

describe('DateTime', () => {
  it('is an instant, whatever its offset', () => {
    expect(scalars.DateTime.parseValue('2026-11-21T14:00:00+02:00')).toEqual(new Date('2026-11-21T12:00:00Z'));
  });

  it.each(['2026-11-21', '2026-11-21T14:00:00', 'now'])('refuses %j', (value) => {
    expect(() => scalars.DateTime.parseValue(value)).toThrow('DateTime must be an instant such as');
  });
});

describe('Decimal', () => {
  it.each(['350.00', '0', '-1.5', '999999999999999.9999'])('keeps %s as it is', (value) => {
    expect(scalars.Decimal.serialize(value)).toBe(value);
    expect(scalars.Decimal.parseValue(value)).toBe(value);
  });

  it.each(['', '1e5', 'NaN', '1,50', '.5', '1.23456', Number.POSITIVE_INFINITY, {}])('refuses %j', (value) => {
    expect(() => scalars.Decimal.parseValue(value)).toThrow('Decimal must be a string such as "350.00"');
  });
});
