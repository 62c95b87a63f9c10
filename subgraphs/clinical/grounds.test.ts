import { expect, it } from '@jest/globals';
import { person } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { groundsFor } from './grounds.ts';
import { treatmentOf } from './treatment-events.ts';

const treatment = [{ kind: 'treatment' }] as const;
const consent = [{ kind: 'consent' }] as const;

it.each<[string, Identity, Parameters<typeof groundsFor>[2], ReturnType<typeof groundsFor>]>([
  ['the patient', person('mona', 'PATIENT'), [], 'Own record'],
  ['a doctor who is the patient', person('mona', 'PATIENT', 'DOCTOR'), [], 'Own record'],
  ['a treating doctor with consent', person('layla', 'DOCTOR'), [...consent, ...treatment], 'Treating doctor'],
  ['a doctor with consent', person('layla', 'DOCTOR'), consent, 'Consent'],
  ['a doctor without ties', person('layla', 'DOCTOR'), [], undefined],
  ['another patient', person('khaled', 'PATIENT'), [], undefined],
  ['somebody with the id but not the role of the patient', person('mona', 'NURSE'), treatment, undefined],
  ['a nurse with ties', person('nurse', 'NURSE'), treatment, undefined],
  ['an administrator', person('admin', 'ADMIN'), consent, undefined],
  [
    'a partner named like the patient',
    { kind: 'partner', subject: 'mona', roles: ['PATIENT'], scopes: ['records:read'] },
    treatment,
    undefined,
  ],
  ['the patient without the scope', { kind: 'user', subject: 'mona', roles: ['PATIENT'], scopes: [] }, [], undefined],
  ['somebody anonymous', ANONYMOUS, treatment, undefined],
])('the grounds of %s', (_, caller, relations, grounds) => {
  expect(groundsFor(caller, 'mona', relations)).toBe(grounds);
});

it.each(['REQUESTED', 'REJECTED', 'CANCELLED', 'NO_SHOW', null])(
  'an appointment that is %s makes nobody a treating doctor',
  (status) => {
    const data = { appointmentId: 'a', patientId: 'mona', doctorId: 'layla', status };
    expect(treatmentOf({ data, time: '2026-03-01T09:00:00.000Z' })).toBeUndefined();
  },
);

it('passes over events that do not say whom they are about', () => {
  expect(
    treatmentOf({ data: { status: 'CONFIRMED', doctorId: 'layla' }, time: '2026-03-01T09:00:00.000Z' }),
  ).toBeUndefined();
});
