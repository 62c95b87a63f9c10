import { describe, expect, it } from '@jest/globals';
import { eventLine } from './event-line.ts';

describe('the line of an event', () => {
  it('names each value by its field, at any depth, and leaves out what is null', () => {
    const data = {
      statusChanged: { eventId: '7', previous: null, appointment: { status: 'CONFIRMED', isPaid: false } },
    };

    expect(eventLine({ data })).toBe('eventId 7 · status CONFIRMED · isPaid false');
  });

  it('says of a notice that events may be missing, and what to do', () => {
    const line = eventLine({ data: null, extensions: { resume: 'RESUME_GAP', eventId: '1x.' } });

    expect(line).toContain('Events may be missing');
  });

  it('begins with the errors', () => {
    expect(eventLine({ data: null, errors: [{ message: 'Not yours.' }] })).toBe('Not yours.');
  });
});
