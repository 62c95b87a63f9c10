import { at, range, row, type Row } from '../market/market-rows.ts';

/** The data of a platform for a handful of people; ids are small numbers, so that the same id names things of every type. */
export interface CareGraphRows {
  readonly users: Row[];
  readonly patients: readonly Row[];
  readonly doctors: readonly Row[];
  readonly workplaces: readonly Row[];
  readonly slots: readonly Row[];
  readonly appointments: Row[];
  readonly statusEvents: readonly Row[];
  readonly referrals: readonly Row[];
  readonly consultations: Row[];
  readonly prescriptions: Row[];
  readonly documents: readonly Row[];
  readonly consents: Row[];
  readonly auditEvents: readonly Row[];
  readonly pharmacies: readonly Row[];
  readonly branches: readonly Row[];
  readonly products: readonly Row[];
  readonly orders: Row[];
  readonly notifications: readonly Row[];
}

/** Users 0 to 2 are patients, 3 to 5 doctors; of doctor 5, workplace 2 and product 4 only those who refer to them know. */
export const UNKNOWN_DOCTOR = 5;
export const UNKNOWN_WORKPLACE = 2;
export const UNKNOWN_PRODUCT = 4;

const STATUSES = ['REQUESTED', 'CONFIRMED', 'CANCELLED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW'];

/** Makes the data: the same every time, with nulls, empty lists and references to what is not known. */
export function careGraphRows(): CareGraphRows {
  const users = range(8).map(userRow);
  const patients = range(3).map((n) => patientRow(n));
  const workplaces = range(3).map((n) => (n === UNKNOWN_WORKPLACE ? known('Workplace', n) : workplaceRow(n)));
  const doctors = [3, 4, UNKNOWN_DOCTOR].map((n) =>
    n === UNKNOWN_DOCTOR
      ? known('Doctor', n)
      : doctorRow(n, { user: at(users, n), workplaces: n === 4 ? [] : workplaces.slice(0, 2) }),
  );
  for (const doctor of doctors.slice(0, 2)) at(users, Number(doctor['n']))['doctor'] = doctor;
  const people = { users, patients, doctors };
  const visits = visitRows(people, workplaces);
  const goods = pharmacyRows();
  return {
    ...people,
    workplaces,
    ...visits,
    ...recordRows(people, goods.products),
    ...goods,
    notifications: range(5).map(notificationRow),
  };
}

type People = Pick<CareGraphRows, 'users' | 'patients' | 'doctors'>;

/** What is known of an entity by its id alone. */
function known(type: string, n: number): Row {
  return row(type, { n, id: String(n) });
}

function userRow(n: number): Row {
  return row('User', {
    n,
    id: String(n),
    email: n === 6 ? null : `user${n}@example.com`,
    name: n === 2 ? null : `User ${n}`,
    role: at(['PATIENT', 'PATIENT', 'PATIENT', 'DOCTOR', 'DOCTOR', 'DOCTOR', 'PHARMACY', 'ADMIN'], n),
    isVerified: n % 2 === 0,
    dateOfBirth: n === 1 ? null : `19${70 + n}-02-28`,
    gender: at(['FEMALE', 'MALE', null], n),
    profilePictureUrl: null,
    createdAt: instant(n),
    addresses: n === 5 ? null : range(n % 3).map((k) => addressRow(n * 10 + k)),
    doctor: null,
    notificationPreferences: n === 4 ? null : preferencesRow(n),
    unreadNotificationCount: n === 4 ? null : n,
  });
}

function addressRow(n: number): Row {
  const place = { street: `Street ${n}`, city: `City ${n % 3}`, state: n % 2 === 0 ? null : 'State', country: 'NL' };
  return row('Address', { ...place, id: String(n), type: at(['HOME', 'WORK'], n), isDefault: n % 10 === 0 });
}

function preferencesRow(n: number): Row {
  return row('NotificationPreferences', { email: true, sms: n % 2 === 0, whatsapp: false, push: n === 3 });
}

function patientRow(n: number): Row {
  const allergies = range(n).map((k) =>
    row('AllergyIntolerance', { id: String(k), substance: `Substance ${k}`, severity: at(['MILD', 'SEVERE'], k) }),
  );
  return row('Patient', {
    ...{ n, id: String(n), name: n === 2 ? null : `User ${n}`, dateOfBirth: `19${70 + n}-02-28` },
    ...{ gender: at(['FEMALE', 'MALE', null], n), phone: n === 0 ? '+31 1' : null },
    allergies: n === 1 ? null : allergies,
  });
}

function doctorRow(n: number, references: { user: Row; workplaces: readonly Row[] }): Row {
  return row('Doctor', {
    ...references,
    ...{ n, id: String(n), specialization: n === 3 ? 'Cardiology' : 'Dermatology', verificationStatus: 'VERIFIED' },
    ...{ bio: n === 3 ? null : 'Sees patients.', yearsOfExperience: n * 3, languages: n === 3 ? ['nl', 'en'] : [] },
  });
}

function workplaceRow(n: number): Row {
  return row('Workplace', {
    ...{ n, id: String(n), name: `Workplace ${n}`, type: at(['CLINIC', 'TELEMEDICINE'], n) },
    timeZone: 'Europe/Amsterdam',
    consultationFee: n === 0 ? money('350.00') : null,
    address: row('PostalAddress', { street: 'Quay 1', city: 'City 1', state: null, postalCode: '1000', country: 'NL' }),
    location: n === 1 ? null : row('GeoPoint', { latitude: 52.5, longitude: 4 }),
  });
}

function visitRows({ patients, doctors }: People, workplaces: readonly Row[]) {
  const slots = range(9).map((n) =>
    row('Slot', {
      ...{ n, id: String(n), startsAt: instant(n), endsAt: instant(n + 1), isTaken: n % 3 === 0 },
      ...{ doctor: at(doctors, n), workplace: at(workplaces, n >> 1) },
    }),
  );
  const appointments = range(8).map((n) => appointmentRow(n, { slot: at(slots, n), patient: at(patients, n) }));
  const statusEvents = range(4).map((n) =>
    row('AppointmentStatusEvent', {
      ...{ eventId: String(n), occurredAt: instant(n), previousStatus: n === 0 ? null : at(STATUSES, n - 1) },
      ...{ status: at(STATUSES, n), appointment: at(appointments, n * 2) },
    }),
  );
  const referrals = range(3).map((n) =>
    row('Referral', {
      ...{ n, id: String(n), status: at(['REQUESTED', null, 'COMPLETED'], n), reason: n === 1 ? null : 'A rash' },
      ...{ fromDoctor: at(doctors, n), toDoctor: n === 2 ? null : at(doctors, n + 1), patient: at(patients, n + 1) },
      ...{ createdAt: instant(n), occurredAt: instant(n) },
    }),
  );
  return { slots, appointments, statusEvents, referrals };
}

/** An appointment that takes a slot. */
export function appointmentRow(n: number, { slot, patient }: { slot: Row; patient: Row }): Row {
  const { startsAt, endsAt, doctor, workplace } = slot;
  const change = (status: unknown, k: number) =>
    row('AppointmentStatusChange', { status, occurredAt: instant(n + k), reason: k === 0 ? null : 'Because' });
  return row('Appointment', {
    ...{ n, id: String(n), status: at(STATUSES, n), type: at(['IN_PERSON', null, 'VIDEO'], n) },
    ...{ startsAt, endsAt, doctor: n === 3 ? null : doctor, workplace: n === 6 ? null : workplace, patient },
    reason: n % 3 === 1 ? null : `Reason ${n}`,
    statusHistory: n === 5 ? null : [change('REQUESTED', 0), change(at(STATUSES, n), 1)].slice(0, 1 + (n % 2)),
    createdAt: instant(n),
  });
}

function recordRows({ users, patients, doctors }: People, products: readonly Row[]) {
  const shared = (n: number) => ({ n, id: String(n), occurredAt: instant(n), doctor: at(doctors, n) });
  const consultations = range(5).map((n) =>
    row('Consultation', {
      ...{ ...shared(n), patient: at(patients, n), diagnosis: `Diagnosis ${n}`, notes: n === 2 ? null : 'Notes' },
    }),
  );
  const prescriptions = range(5).map((n) =>
    row('Prescription', {
      ...{ ...shared(n), patient: at(patients, n + 1), status: at(['ACTIVE', null, 'EXPIRED'], n) },
      items: range(n % 3).map((k) => itemRow(n * 10 + k, k === 1 && n === 2 ? null : at(products, n + k))),
    }),
  );
  const documents = range(2).map((n) =>
    row('ClinicalDocument', { ...shared(n), title: `Document ${n}`, contentType: 'application/pdf' }),
  );
  const consents = range(3).map((n) =>
    row('Consent', {
      ...{ id: String(n), doctor: at(doctors, n), grantedAt: instant(n) },
      ...{ expiresAt: n === 0 ? null : instant(n + 4), revokedAt: null },
    }),
  );
  const auditEvents = range(6).map((n) =>
    row('AuditEvent', {
      ...{ n, id: String(n), occurredAt: instant(n), action: at(['READ', 'CREATE'], n), reason: 'treating' },
      ...{ outcome: at(['SUCCESS', 'DENIED'], n >> 1), actor: n === 4 ? null : at(users, n + 2) },
    }),
  );
  return { consultations, prescriptions, documents, consents, auditEvents };
}

/** One medicine of a prescription. */
export function itemRow(n: number, product: Row | null): Row {
  return row('PrescriptionItem', { id: String(n), product, dosage: '500 mg', frequency: 'daily', durationDays: n + 1 });
}

function pharmacyRows() {
  const pharmacies = range(2).map((n) => row('Pharmacy', { n, id: String(n), name: `Pharmacy ${n}` }));
  const branches = range(3).map((n) =>
    row('Branch', {
      ...{ n, id: String(n), name: `Branch ${n}`, pharmacy: at(pharmacies, n) },
      address: row('PostalAddress', { street: `Lane ${n}`, city: 'City', state: 'S', postalCode: null, country: 'NL' }),
    }),
  );
  const products = range(5).map((n) => (n === UNKNOWN_PRODUCT ? known('Product', n) : productRow(n, branches)));
  const orders = range(4).map((n) => orderRow(n, { branch: at(branches, n), products: products.slice(n, n + 2) }));
  return { pharmacies, branches, products, orders };
}

function productRow(n: number, branches: readonly Row[]): Row {
  return row('Product', {
    ...{ n, id: String(n), name: `Product ${n}`, manufacturer: n === 3 ? null : 'Maker' },
    category: row('ProductCategory', { id: String(n % 2), name: `Category ${n % 2}` }),
    medicine: n === 2 ? null : row('Medicine', { dosage: '5 mg', form: 'TABLET', prescriptionRequired: n === 1 }),
    stock: branches
      .slice(n % 3)
      .map((branch, k) =>
        row('StockItem', { id: `${n}-${k}`, quantity: 10 * k, price: money(`${n}.${k}0`), branch, product: String(n) }),
      ),
  });
}

/** An order of one of each product. */
export function orderRow(n: number, { branch, products }: { branch: Row; products: readonly Row[] }): Row {
  return row('Order', {
    ...{ n, id: String(n), status: at(['PLACED', 'READY', 'DELIVERED'], n), total: money(`${n}9.95`), branch },
    items: products.map((product, k) =>
      row('OrderItem', { id: `${n}-${k}`, product, quantity: k + 1, unitPrice: money('9.95') }),
    ),
    delivery: n === 0 ? null : row('Delivery', { status: 'PENDING', trackingNumber: n === 1 ? null : `T${n}` }),
    createdAt: instant(n),
  });
}

function notificationRow(n: number): Row {
  return row('Notification', {
    ...{ n, id: String(n), channel: at(['IN_APP', 'EMAIL'], n), title: `Title ${n}`, body: n === 3 ? null : 'Body' },
    ...{ isRead: n % 2 === 0, createdAt: instant(n) },
  });
}

function money(amount: string): Row {
  return row('Money', { amount, currency: 'EUR' });
}

/** The n-th day of the data. */
export function instant(n: number): string {
  return new Date(Date.UTC(2030, 0, 1 + n, 9)).toISOString();
}
