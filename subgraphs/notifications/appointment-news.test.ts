import { expect, it } from '@jest/globals';
import { appointmentNews } from './appointment-news.ts';

const STATUSES = [
  'REQUESTED',
  'CONFIRMED',
  'REJECTED',
  'CANCELLED',
  'CHECKED_IN',
  'IN_PROGRESS',
  'COMPLETED',
  'NO_SHOW',
];

it('tells the patient of every change in words of its own', () => {
  const titles = STATUSES.map((status) => appointmentNews('SOMETHING', status).PATIENT?.title);

  expect(new Set(titles).size).toBe(STATUSES.length);
  expect(titles).not.toContain(undefined);
});

it('tells the doctor of requests and cancellations alone', () => {
  const heard = STATUSES.filter((status) => appointmentNews(null, status).DOCTOR !== undefined);

  expect(heard).toEqual(['REQUESTED', 'CANCELLED']);
});

it('calls a request that was something before a move, and so a change that leaves the status', () => {
  expect(appointmentNews(null, 'REQUESTED').DOCTOR?.title).toBe('New appointment request');
  expect(appointmentNews('CONFIRMED', 'REQUESTED').DOCTOR?.title).toBe('Appointment moved');
  expect(appointmentNews('REQUESTED', 'REQUESTED').PATIENT?.title).toBe('Appointment moved');
  expect(appointmentNews('CONFIRMED', 'CONFIRMED')).toMatchObject({ PATIENT: { title: 'Appointment moved' } });
  expect(appointmentNews('CONFIRMED', 'CONFIRMED').DOCTOR).toBeUndefined();
});

it('says of a status that it does not know no more than that something changed', () => {
  expect(appointmentNews('CONFIRMED', 'ON_THE_MOON').PATIENT?.title).toBe('Appointment changed');
});
