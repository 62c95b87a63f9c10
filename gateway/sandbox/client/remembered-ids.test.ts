import { describe, expect, it } from '@jest/globals';
import { createRememberedIds } from './remembered-ids.ts';

const remember = () => createRememberedIds(() => Date.parse('2030-01-01T08:00:00Z'));

describe('remembered ids', () => {
  it('come from the first item of a list or a connection, and from below it', () => {
    const ids = remember();

    ids.learn({
      data: {
        doctors: {
          edges: [
            { node: { id: 'doctor-1', nextAvailableSlots: [{ id: 'slot-1' }, { id: 'slot-2' }] } },
            { node: { id: 'doctor-2', nextAvailableSlots: [{ id: 'slot-3' }] } },
          ],
        },
      },
    });

    expect(Object.fromEntries(ids.store.get())).toEqual({ doctorId: 'doctor-1', slotId: 'slot-1' });
  });

  it('prefer the appointment that still waits for its confirmation', () => {
    const ids = remember();

    ids.learn({
      data: {
        me: {
          role: 'DOCTOR',
          id: 'doctor-1',
          doctor: {
            id: 'doctor-1',
            appointments: {
              edges: [
                { node: { id: 'appointment-1', status: 'COMPLETED', patient: { id: 'patient-1' } } },
                { node: { id: 'appointment-2', status: 'REQUESTED', patient: { id: 'patient-2' } } },
              ],
            },
          },
        },
      },
    });

    expect(Object.fromEntries(ids.store.get())).toEqual({
      doctorId: 'doctor-1',
      appointmentId: 'appointment-2',
      patientId: 'patient-1',
    });
  });

  it('take a patient for the patient of what follows, and a doctor not', () => {
    const ids = remember();

    ids.learn({ me: { id: 'patient-1', role: 'PATIENT' } });
    ids.learn({ me: { id: 'doctor-1', role: 'DOCTOR' } });

    expect(Object.fromEntries(ids.store.get())).toEqual({ patientId: 'patient-1' });
  });

  it('stay as they were after an answer without any', () => {
    const ids = remember();
    ids.learn({ data: { bookAppointment: { appointment: { id: 'appointment-1' } } } });

    ids.learn({ data: null, errors: [{ message: 'Refused' }] });
    ids.learn({ data: { availableSlots: [] } });

    expect(Object.fromEntries(ids.store.get())).toEqual({ appointmentId: 'appointment-1' });
  });
});

describe('filling in variables', () => {
  it('replaces braces at every depth and leaves everything else alone', () => {
    const ids = remember();
    ids.learn({ availableSlots: [{ id: 'slot-1' }] });

    const filled = ids.fill({ input: { slotIds: ['{{slotId}}'], note: 'is {{slotId}}', count: 2, none: null } });

    expect(filled).toEqual({ input: { slotIds: ['slot-1'], note: 'is slot-1', count: 2, none: null } });
  });

  it('knows the time', () => {
    const { fill } = remember();

    expect(fill(['{{now}}', '{{inTwoWeeks}}'])).toEqual(['2030-01-01T08:00:00.000Z', '2030-01-15T08:00:00.000Z']);
  });

  it('says what to run when an id is not known yet', () => {
    const { fill } = remember();

    expect(() => fill({ id: '{{appointmentId}}' })).toThrow(
      'Not sent: {{appointmentId}} is not known yet. Run Book, MyUpcoming or DoctorDay, or put an id in its place.',
    );
    expect(() => fill({ id: '{{constructor}}' })).toThrow('Not sent: nothing is called {{constructor}}.');
  });

  it('passes on an operation without variables', () => {
    expect(remember().fill(undefined)).toBeUndefined();
  });
});
