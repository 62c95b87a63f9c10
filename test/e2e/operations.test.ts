import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import pg from 'pg';
import * as operations from '../../operations/generated/documents.ts';
import { RawSocket } from '../gateway/support/raw-socket.ts';
import { anonymousClient, bearerClient, signIn, type TestClient } from '../support/client.ts';
import { eventsOf } from '../support/events-of.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CALENDAR = 'subscription { appointmentStatusChanged { appointment { id status } } }';
const CHARTS =
  'subscription { appointmentStatusChanged { appointment { id patient { timeline(first: 1) { totalCount } } } } }';

describe('the operations of the contract, on the shipped platform', () => {
  let platform: TestPlatform;
  let anyone: TestClient;
  let patient: TestClient, patient2: TestClient, doctor: TestClient, doctor2: TestClient;
  let assistant: TestClient, nurse: TestClient, admin: TestClient;
  const tried = new Set<string>();

  beforeAll(async () => {
    platform = await startPlatform();
    anyone = anonymousClient(platform.url);
    const accounts = ['patient', 'patient2', 'doctor', 'doctor2', 'assistant', 'nurse', 'admin'];
    const clients = await Promise.all(accounts.map((name) => signIn(platform.url, `${name}@example.com`)));
    [patient, patient2, doctor, doctor2, assistant, nurse, admin] = clients as [
      TestClient,
      TestClient,
      TestClient,
      TestClient,
      TestClient,
      TestClient,
      TestClient,
    ];
  }, 120_000);

  afterAll(() => platform.stop());

  /** Names what a test covers, so that the last test can tell what none does. */
  const covers = (...names: string[]): string => {
    for (const name of names) tried.add(name);
    return names.join(', ');
  };

  const idOf = async (client: TestClient): Promise<string> => {
    const { me } = await client.data(operations.MeDocument, {});
    if (me == null) throw new Error('nobody is signed in');
    return me.id;
  };

  const freeSlots = async (doctorId: string): Promise<readonly string[]> => {
    const from = new Date(Date.now() + DAY_MS).toISOString();
    const to = new Date(Date.now() + 13 * DAY_MS).toISOString();
    const { availableSlots } = await anyone.data(operations.SlotsDocument, { doctorId, from, to });
    return availableSlots.map(({ id }) => id);
  };

  /** Books a free slot of a doctor, each call another one; passes over the times at which the patient is elsewhere. */
  let nextSlot = 0;
  const bookWith = async (who: TestClient, doctorId: string): Promise<string> => {
    const slots = await freeSlots(doctorId);
    for (let n = 0; n < slots.length; n += 1) {
      const slotId = slots[nextSlot++ % slots.length] ?? '';
      const { data, errors } = await who.send(operations.BookDocument, { input: { slotId, reason: 'A check' } });
      if (data?.bookAppointment.__typename === 'AppointmentBooked') return data.bookAppointment.appointment.id;
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['CONFLICT']);
    }
    throw new Error('the doctor has no slot that is free for both');
  };
  const book = async (): Promise<string> => bookWith(patient, await idOf(doctor));

  /** No operation changes the role of an account: it is done where it is kept. */
  const setRole = async (email: string, role: string): Promise<void> => {
    const client = new pg.Client({ connectionString: platform.databaseUrls['users'] });
    await client.connect();
    const { rowCount } = await client.query('UPDATE account SET role = $1::role WHERE email = $2', [role, email]);
    await client.end();
    expect(rowCount).toBe(1);
  };

  const mailedCode = async (address: string): Promise<string> => {
    const folder = join(platform.dataDir, 'mail');
    const mails = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));
    const code = mails.findLast((mail) => mail.includes(address))?.match(/\b(\d{6})\b/)?.[1];
    if (code === undefined) throw new Error(`no code was sent to ${address}`);
    return code;
  };

  const registered = async (email: string): Promise<string> => {
    const input = { email, password: 'a long enough pass phrase', name: 'New Person', role: 'PATIENT' } as const;
    await anyone.data(operations.RegisterDocument, { input });
    const { verifyOtp } = await anyone.data(operations.VerifyOtpDocument, { email, code: await mailedCode(email) });
    return verifyOtp.accessToken;
  };

  describe('accounts', () => {
    it(`opens an account with a code from the mail, and not with another (${covers('Register', 'VerifyOtp')})`, async () => {
      const email = `new-${Date.now()}@example.com`;
      const input = { email, password: 'a long enough pass phrase', name: 'New Person', role: 'PATIENT' } as const;

      const { register } = await anyone.data(operations.RegisterDocument, { input });
      const code = await mailedCode(email);
      const wrong = code === '000000' ? '000001' : '000000';

      expect(register).toMatchObject({ user: { email, role: 'PATIENT', isVerified: false }, otpSentTo: email });
      expect(await anyone.codes(operations.VerifyOtpDocument, { email, code: wrong })).toEqual(['BAD_USER_INPUT']);
      const { verifyOtp } = await anyone.data(operations.VerifyOtpDocument, { email, code });
      expect(verifyOtp).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, user: { isVerified: true } });
    });

    it(`signs in with the password alone (${covers('Login')})`, async () => {
      const email = 'patient@example.com';
      const { login } = await anyone.data(operations.LoginDocument, { email, password: 'caregraph-demo' });
      expect(login.user).toMatchObject({ role: 'PATIENT' });

      const wrong = await anyone.send(operations.LoginDocument, { email, password: 'caregraph-wrong' });
      const unknown = await anyone.send(operations.LoginDocument, {
        email: 'no@example.com',
        password: 'caregraph-wrong',
      });
      expect(wrong.errors?.[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
      expect(unknown.errors?.[0]?.message).toBe(wrong.errors?.[0]?.message);
    });

    it(`renews tokens once, and ends the session on reuse (${covers('Refresh', 'Logout')})`, async () => {
      const { login } = await anyone.data(operations.LoginDocument, {
        email: 'patient2@example.com',
        password: 'caregraph-demo',
      });
      const renewed = await anyone.data(operations.RefreshDocument, { refreshToken: login.refreshToken });

      const reuse = await anyone.codes(operations.RefreshDocument, { refreshToken: login.refreshToken });
      const heir = await anyone.codes(operations.RefreshDocument, { refreshToken: renewed.refreshToken.refreshToken });

      expect(reuse).toEqual(['UNAUTHENTICATED']);
      expect(heir).toEqual(['UNAUTHENTICATED']);
    });

    it('ends the session at logout', async () => {
      const { login } = await anyone.data(operations.LoginDocument, {
        email: 'patient2@example.com',
        password: 'caregraph-demo',
      });

      const { logout } = await bearerClient(platform.url, login.accessToken).data(operations.LogoutDocument, {});

      expect(logout).toBe(true);
      expect(await anyone.codes(operations.RefreshDocument, { refreshToken: login.refreshToken })).toEqual([
        'UNAUTHENTICATED',
      ]);
      expect(await anyone.codes(operations.LogoutDocument, {})).toEqual(['UNAUTHENTICATED']);
    });

    it(`changes the password for who knows the present one (${covers('ChangePassword')})`, async () => {
      const email = `change-${Date.now()}@example.com`;
      const self = bearerClient(platform.url, await registered(email));
      const [current, next] = ['a long enough pass phrase', 'another long pass phrase'];

      expect(await self.codes(operations.ChangePasswordDocument, { current: 'not my pass phrase', next })).toHaveLength(
        1,
      );
      expect(await self.data(operations.ChangePasswordDocument, { current, next })).toEqual({ changePassword: true });

      expect((await signIn(platform.url, email, next)).token).toBeDefined();
      expect(await anyone.codes(operations.LoginDocument, { email, password: current })).toEqual(['UNAUTHENTICATED']);
      expect(await anyone.codes(operations.ChangePasswordDocument, { current, next })).toEqual(['UNAUTHENTICATED']);
    });

    it(`shows a person their own account (${covers('Me', 'UpdateProfile')})`, async () => {
      const { me } = await patient.data(operations.MeDocument, {});
      expect(me).toMatchObject({ email: 'patient@example.com', role: 'PATIENT', isVerified: true });
      expect(me?.addresses?.length).toBeGreaterThan(0);
      expect(me?.notificationPreferences).toMatchObject({ email: true });

      const changed = await patient.data(operations.UpdateProfileDocument, { input: { phone: '+201012345678' } });
      expect(changed.updateProfile).toMatchObject({ phone: '+201012345678', name: me?.name });
      expect(await anyone.codes(operations.MeDocument, {})).toEqual(['UNAUTHENTICATED']);
      expect(await anyone.codes(operations.UpdateProfileDocument, { input: { name: 'X' } })).toEqual([
        'UNAUTHENTICATED',
      ]);
    });
  });

  describe('the directory', () => {
    it(`finds doctors for everybody, page by page (${covers('FindDoctors')})`, async () => {
      const filter = { city: 'Cairo' };
      const page = await anyone.data(operations.FindDoctorsDocument, { filter, first: 2 });
      const after = page.doctors.pageInfo.endCursor ?? null;
      const next = await anyone.data(operations.FindDoctorsDocument, { filter, first: 2, after });

      const [one] = page.doctors.edges;
      expect(page.doctors.totalCount).toBeGreaterThan(2);
      expect(one?.node.user.name).toMatch(/^Dr\. /);
      expect(one?.node.workplaces[0]?.address.city).toBe('Cairo');
      expect(one?.node.nextAvailableSlots).toHaveLength(3);
      expect(next.doctors.edges.map(({ node }) => node.id)).not.toContain(one?.node.id);
    });

    it(`finds doctors nearby, nearest first (${covers('NearbyDoctors')})`, async () => {
      const near = { latitude: 30.0444, longitude: 31.2357 };
      const { nearbyDoctors } = await anyone.data(operations.NearbyDoctorsDocument, { near, radiusKm: 30 });

      const distances = nearbyDoctors.edges.map(({ distanceKm }) => distanceKm);
      expect(distances.length).toBeGreaterThan(1);
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
      expect(await anyone.codes(operations.NearbyDoctorsDocument, { near, radiusKm: -1 })).toEqual(['BAD_USER_INPUT']);
    });

    it(`lists free slots and refuses a period that ends before it begins (${covers('Slots')})`, async () => {
      const doctorId = await idOf(doctor);
      expect((await freeSlots(doctorId)).length).toBeGreaterThan(10);
      const [from, to] = [new Date().toISOString(), new Date(Date.now() - DAY_MS).toISOString()];
      expect(await anyone.codes(operations.SlotsDocument, { doctorId, from, to })).toEqual(['BAD_USER_INPUT']);
    });
  });

  describe('appointments', () => {
    it(`books a slot once, for patients and assistants alone (${covers('Book')})`, async () => {
      const [slotId = ''] = (await freeSlots(await idOf(doctor))).slice(-1);
      const input = { slotId, reason: 'A check' };

      expect(await anyone.codes(operations.BookDocument, { input })).toEqual(['UNAUTHENTICATED']);
      expect(await doctor.codes(operations.BookDocument, { input })).toEqual(['FORBIDDEN']);
      const first = await patient.data(operations.BookDocument, { input });
      const second = await patient2.data(operations.BookDocument, { input });

      expect(first.bookAppointment).toMatchObject({
        __typename: 'AppointmentBooked',
        appointment: { status: 'REQUESTED', doctor: { user: { name: 'Dr. Layla Mansour' } } },
      });
      expect(second.bookAppointment.__typename).toBe('SlotTaken');
    });

    it('lets an assistant book for a patient', async () => {
      const [slotId = ''] = (await freeSlots(await idOf(doctor))).slice(-1);
      const input = { slotId, patientId: await idOf(patient) };
      const { bookAppointment } = await assistant.data(operations.BookDocument, { input });
      expect(bookAppointment.__typename).toBe('AppointmentBooked');
    });

    it(`goes from request to completion (${covers('Confirm', 'CheckIn', 'Complete')})`, async () => {
      const id = await book();
      expect(await patient.codes(operations.ConfirmDocument, { id })).toEqual(['FORBIDDEN']);
      expect(await doctor2.codes(operations.ConfirmDocument, { id })).toEqual(['NOT_FOUND']);
      expect((await doctor.data(operations.ConfirmDocument, { id })).confirmAppointment).toEqual({
        id,
        status: 'CONFIRMED',
      });
      expect(await doctor.codes(operations.ConfirmDocument, { id })).toEqual(['CONFLICT']);
      expect(await patient.codes(operations.CheckInDocument, { id })).toEqual(['FORBIDDEN']);
      expect((await nurse.data(operations.CheckInDocument, { id })).checkInAppointment.status).toBe('CHECKED_IN');
      expect(await nurse.codes(operations.CompleteDocument, { id })).toEqual(['FORBIDDEN']);
      expect((await doctor.data(operations.CompleteDocument, { id })).completeAppointment.status).toBe('COMPLETED');
    });

    it(`is rejected by the doctor's side (${covers('Reject')})`, async () => {
      const id = await book();
      expect(await patient.codes(operations.RejectDocument, { id })).toEqual(['FORBIDDEN']);
      const { rejectAppointment } = await assistant.data(operations.RejectDocument, { id, reason: 'Away that day' });
      expect(rejectAppointment.status).toBe('REJECTED');
    });

    it(`is moved and cancelled by its patient (${covers('Reschedule', 'Cancel')})`, async () => {
      const id = await book();
      const [slotId = ''] = (await freeSlots(await idOf(doctor))).slice(-1);

      expect(await patient2.codes(operations.RescheduleDocument, { id, slotId })).toEqual(['NOT_FOUND']);
      expect(await patient2.codes(operations.CancelDocument, { id })).toEqual(['NOT_FOUND']);
      const { rescheduleAppointment } = await patient.data(operations.RescheduleDocument, { id, slotId });
      const { cancelAppointment } = await patient.data(operations.CancelDocument, { id, reason: 'Well again' });

      expect(rescheduleAppointment).toMatchObject({ __typename: 'AppointmentBooked', appointment: { id } });
      expect(cancelAppointment).toEqual({ id, status: 'CANCELLED' });
    });

    it(`shows a doctor their day (${covers('DoctorDay', 'NoShow')})`, async () => {
      const range = {
        from: new Date(Date.now() - 3 * DAY_MS).toISOString(),
        to: new Date(Date.now() + 14 * DAY_MS).toISOString(),
      };
      const { me } = await doctor.data(operations.DoctorDayDocument, range);
      const calendar = me?.doctor?.appointments;
      const missed = calendar?.edges.find(
        ({ node }) => node.status === 'CONFIRMED' && Date.parse(node.startsAt ?? '') < Date.now(),
      );

      expect(calendar?.totalCount).toBeGreaterThan(3);
      expect(calendar?.edges.some(({ node }) => node.patient?.name === 'Mona Saleh')).toBe(true);
      expect(calendar?.edges[0]?.node.statusHistory?.[0]?.status).toBe('REQUESTED');
      expect(await patient.codes(operations.DoctorDayDocument, range)).toContain('FORBIDDEN');

      const id = missed?.node.id ?? '';
      expect(await patient.codes(operations.NoShowDocument, { id })).toEqual(['FORBIDDEN']);
      expect((await doctor.data(operations.NoShowDocument, { id })).markAppointmentNoShow.status).toBe('NO_SHOW');
    });

    it(`lists what is coming, for the caller alone (${covers('MyUpcoming')})`, async () => {
      const id = await book();
      const mine = await patient.data(operations.MyUpcomingDocument, { first: 50 });
      const theirs = await patient2.data(operations.MyUpcomingDocument, { first: 50 });

      expect(mine.myAppointments.edges.map(({ node }) => node.id)).toContain(id);
      expect(theirs.myAppointments.edges.map(({ node }) => node.id)).not.toContain(id);
      expect(await anyone.codes(operations.MyUpcomingDocument, { first: 5 })).toEqual(['UNAUTHENTICATED']);
    });
  });

  describe('the record', () => {
    it(`opens to the patient and the treating doctor (${covers('PatientChart')})`, async () => {
      const patientId = await idOf(patient);
      const { patient: chart } = await doctor.data(operations.PatientChartDocument, { patientId, first: 50 });
      const own = await patient.data(operations.PatientChartDocument, { patientId, first: 50 });

      const kinds = new Set(chart?.timeline?.edges.map(({ node }) => node.__typename));
      expect(chart).toMatchObject({ id: patientId, name: 'Mona Saleh' });
      expect(kinds).toEqual(new Set(['Consultation', 'Prescription', 'Referral', 'ClinicalDocument']));
      expect(own.patient?.timeline?.totalCount).toBe(chart?.timeline?.totalCount);
    });

    it('stays closed to everybody else', async () => {
      const variables = { patientId: await idOf(patient), first: 50 };
      for (const stranger of [patient2, doctor2]) {
        const { data, errors } = await stranger.send(operations.PatientChartDocument, variables);
        expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
        expect(data?.patient ?? null).toBeNull();
      }
      const other = { patientId: await idOf(patient2), first: 50 };
      expect(await doctor.codes(operations.PatientChartDocument, other)).toContain('FORBIDDEN');
      expect(await admin.codes(operations.PatientChartDocument, variables)).toContain('FORBIDDEN');
      expect(await anyone.codes(operations.PatientChartDocument, variables)).toContain('UNAUTHENTICATED');
    });

    it(`is written by the treating doctor (${covers('RecordConsultation', 'Prescribe')})`, async () => {
      const patientId = await idOf(patient);
      const consultation = { patientId, diagnosis: 'Seasonal rhinitis' };
      const { searchProducts } = await anyone.data(operations.SearchProductsDocument, { text: 'a', first: 1 });
      const productId = searchProducts.edges[0]?.node.id ?? '';
      const prescription = {
        patientId,
        items: [{ productId, dosage: '1 tablet', frequency: 'daily', durationDays: 5 }],
      };

      expect(await doctor2.codes(operations.RecordConsultationDocument, { input: consultation })).toEqual([
        'FORBIDDEN',
      ]);
      expect(await patient.codes(operations.RecordConsultationDocument, { input: consultation })).toEqual([
        'FORBIDDEN',
      ]);
      expect(await doctor2.codes(operations.PrescribeDocument, { input: prescription })).toEqual(['FORBIDDEN']);
      const recorded = await doctor.data(operations.RecordConsultationDocument, { input: consultation });
      const issued = await doctor.data(operations.PrescribeDocument, { input: prescription });

      expect(recorded.recordConsultation.diagnosis).toBe('Seasonal rhinitis');
      expect(issued.issuePrescription).toMatchObject({ status: 'ACTIVE', items: [{ product: { id: productId } }] });
    });

    it(`opens by consent and closes again (${covers('GrantConsent', 'RevokeConsent')})`, async () => {
      const [doctorId, patientId] = [await idOf(doctor), await idOf(patient2)];
      const clinical = async () => {
        const { errors } = await doctor.send(operations.PatientChartDocument, { patientId, first: 1 });
        return errors?.filter(({ path }) => path?.at(-1) === 'timeline').length ?? 0;
      };

      const { grantConsent } = await patient2.data(operations.GrantConsentDocument, { doctorId });
      expect(await clinical()).toBe(0);
      expect(await patient.codes(operations.RevokeConsentDocument, { id: grantConsent.id })).toEqual(['NOT_FOUND']);
      expect(await doctor.codes(operations.GrantConsentDocument, { doctorId })).toEqual(['FORBIDDEN']);
      const { revokeConsent } = await patient2.data(operations.RevokeConsentDocument, { id: grantConsent.id });

      expect(revokeConsent.revokedAt).toBeTruthy();
      expect(await doctor.codes(operations.PatientChartDocument, { patientId, first: 1 })).toContain('FORBIDDEN');
    });

    it(`tells its patient who read it (${covers('WhoReadMyRecord')})`, async () => {
      const patientId = await idOf(patient);
      await doctor.data(operations.PatientChartDocument, { patientId, first: 1 });

      const { patientAccessLog } = await patient.data(operations.WhoReadMyRecordDocument, { patientId, first: 50 });

      const read = patientAccessLog.edges.find(({ node }) => node.actor?.name === 'Dr. Layla Mansour');
      expect(read?.node).toMatchObject({ action: 'READ', outcome: 'SUCCESS', actor: { role: 'DOCTOR' } });
      expect(await patient2.codes(operations.WhoReadMyRecordDocument, { patientId, first: 5 })).toEqual(['FORBIDDEN']);
      expect(await doctor.codes(operations.WhoReadMyRecordDocument, { patientId, first: 5 })).toEqual(['FORBIDDEN']);
    });
  });

  describe('the pharmacy', () => {
    it(`sells what is in stock, and says what is not (${covers('SearchProducts', 'PlaceOrder', 'MyOrders')})`, async () => {
      const { searchProducts } = await anyone.data(operations.SearchProductsDocument, { text: 'a', first: 50 });
      const product = searchProducts.edges
        .map(({ node }) => node)
        .find(({ medicine, stock }) => medicine?.prescriptionRequired !== true && stock.length > 0);
      const [stock] = product?.stock ?? [];
      if (product === undefined || stock === undefined) throw new Error('nothing is for sale');
      const order = (quantity: number) => ({
        input: { branchId: stock.branch.id, items: [{ productId: product.id, quantity }] },
      });

      expect(await doctor.codes(operations.PlaceOrderDocument, order(1))).toEqual(['FORBIDDEN']);
      expect(await anyone.codes(operations.PlaceOrderDocument, order(1))).toEqual(['UNAUTHENTICATED']);
      expect(await patient.codes(operations.PlaceOrderDocument, order(0))).toEqual(['BAD_USER_INPUT']);
      const { placeOrder } = await patient.data(operations.PlaceOrderDocument, order(1));
      if (placeOrder.__typename !== 'OrderPlaced') throw new Error('it was out of stock');

      expect(placeOrder.order).toMatchObject({
        status: 'PLACED',
        items: [{ product: { name: product.name }, quantity: 1 }],
      });
      const mine = await patient.data(operations.MyOrdersDocument, { first: 50 });
      const theirs = await patient2.data(operations.MyOrdersDocument, { first: 50 });
      expect(mine.myOrders.edges[0]?.node.id).toBe(placeOrder.order.id);
      expect(theirs.myOrders.edges.map(({ node }) => node.id)).not.toContain(placeOrder.order.id);
      expect(await doctor.codes(operations.MyOrdersDocument, { first: 5 })).toEqual(['FORBIDDEN']);
    });
  });

  describe('notifications', () => {
    it(`are the person's own (${covers('Notifications', 'ReadNotification', 'ReadAll')})`, async () => {
      const { notifications } = await patient.data(operations.NotificationsDocument, { first: 50 });
      const unread = notifications.edges.find(({ node }) => !node.isRead)?.node;
      if (unread === undefined) throw new Error('everything was read');

      expect(await patient2.codes(operations.ReadNotificationDocument, { id: unread.id })).toEqual(['NOT_FOUND']);
      const { markNotificationRead } = await patient.data(operations.ReadNotificationDocument, { id: unread.id });
      expect(markNotificationRead).toEqual({ id: unread.id, isRead: true });
      await patient.data(operations.ReadAllDocument, {});
      expect((await patient.data(operations.NotificationsDocument, { first: 1 })).notifications.unreadCount).toBe(0);
      expect(await anyone.codes(operations.NotificationsDocument, { first: 1 })).toEqual(['UNAUTHENTICATED']);
      expect(await anyone.codes(operations.ReadAllDocument, {})).toEqual(['UNAUTHENTICATED']);
    });

    it(`follow the person's preferences (${covers('Preferences')})`, async () => {
      const { updateNotificationPreferences } = await patient.data(operations.PreferencesDocument, {
        input: { sms: true },
      });
      expect(updateNotificationPreferences).toMatchObject({ sms: true, email: true });
      expect(await anyone.codes(operations.PreferencesDocument, { input: { sms: true } })).toEqual(['UNAUTHENTICATED']);
    });
  });

  describe('live news', () => {
    it(`shows a change of status to its patient and its doctor alone (${covers('AppointmentStatus', 'MyAppointments', 'NewNotification')})`, async () => {
      const id = await book();
      const own = eventsOf(patient, operations.AppointmentStatusDocument, { appointmentId: id });
      const calendar = eventsOf(doctor, operations.MyAppointmentsDocument, {});
      const stranger = eventsOf(patient2, operations.AppointmentStatusDocument, { appointmentId: id });
      const strangers = eventsOf(patient2, operations.MyAppointmentsDocument, {});
      const news = eventsOf(patient, operations.NewNotificationDocument, {});
      await Promise.all([own, calendar, stranger, strangers, news].map(({ ready }) => ready));

      await doctor.data(operations.ConfirmDocument, { id });

      const event = (await own.next()).data?.appointmentStatusChanged;
      expect(event).toMatchObject({
        previousStatus: 'REQUESTED',
        appointment: { id, status: 'CONFIRMED', doctor: { user: { name: 'Dr. Layla Mansour' } } },
      });
      expect((await calendar.next()).data?.appointmentStatusChanged.appointment.id).toBe(id);
      expect((await news.next()).data?.notificationReceived.title).toBeTruthy();

      const [slotId = ''] = (await freeSlots(await idOf(doctor2))).slice(-1);
      const sentinel = await patient2.data(operations.BookDocument, { input: { slotId } });
      expect(sentinel.bookAppointment.__typename).toBe('AppointmentBooked');
      const first = (await strangers.next()).data?.appointmentStatusChanged;
      expect(first?.appointment.id).not.toBe(id);
      expect(stranger.received()).toBe(0);
      await Promise.all([own, calendar, stranger, strangers, news].map(({ stop }) => stop()));
    });

    it('shows a doctor the record with an event for as long as the patient consents', async () => {
      const doctorId = await idOf(doctor);
      const socket = new RawSocket(platform.url, { token: doctor.token });
      await socket.subscribe('s', CHARTS);

      const before = await bookWith(patient2, doctorId);
      await socket.until('s', 1);
      const { grantConsent } = await patient2.data(operations.GrantConsentDocument, { doctorId });
      const during = await bookWith(patient2, doctorId);
      await socket.until('s', 2);
      await patient2.data(operations.RevokeConsentDocument, { id: grantConsent.id });
      await patient2.data(operations.CancelDocument, { id: during });
      const received = await socket.until('s', 3);

      const shown = received.map(({ data }) => data?.['appointmentStatusChanged']?.['appointment']);
      const record = { totalCount: expect.any(Number) as unknown };
      expect(shown).toEqual([
        { id: before, patient: { timeline: null } },
        { id: during, patient: { timeline: record } },
        { id: during, patient: { timeline: null } },
      ]);
      expect(received.map(({ errors }) => errors?.map(({ extensions }) => extensions.code))).toEqual([
        ['FORBIDDEN'],
        undefined,
        ['FORBIDDEN'],
      ]);
      socket.cut();
    });

    it('shows the staff of a doctor nothing more once their role is taken away and their token has been renewed', async () => {
      const doctorId = await idOf(doctor);
      const socket = new RawSocket(platform.url, { token: nurse.token });
      await socket.subscribe('s', CALENDAR);
      const id = await bookWith(patient2, doctorId);
      await socket.until('s', 1);

      await setRole('nurse@example.com', 'PATIENT');
      const former = await signIn(platform.url, 'nurse@example.com');
      socket.send({ type: 'ping', payload: { accessToken: former.token } });
      await socket.message('pong');
      await patient2.data(operations.CancelDocument, { id });
      const own = await bookWith(former, await idOf(doctor2));
      const received = await socket.until('s', 2);

      expect(received.map(({ data }) => data?.['appointmentStatusChanged']?.['appointment'])).toEqual([
        { id, status: 'REQUESTED' },
        { id: own, status: 'REQUESTED' },
      ]);
      await setRole('nurse@example.com', 'NURSE');
      socket.cut();
    });
  });

  describe('partners', () => {
    const hashes = async (): Promise<Map<string, string>> => {
      const manifest = JSON.parse(await readFile('gateway/partners/acme-health.json', 'utf8')) as {
        operations: { id: string; name: string }[];
      };
      return new Map(manifest.operations.map(({ id, name }) => [name, id]));
    };
    const call = async (body: object, key = 'demo-partner-key') => {
      const headers = { 'content-type': 'application/json', 'x-api-key': key };
      const response = await fetch(`${platform.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as { data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
    };
    const stored = async (name: string, variables: object) => {
      const sha256Hash = (await hashes()).get(name);
      return call({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } });
    };

    it(`run their stored operations (${covers('PartnerDoctorDirectory', 'PartnerOpenSlots', 'PartnerStock')})`, async () => {
      const directory = await stored('PartnerDoctorDirectory', { specialization: 'Cardiology', first: 2 });
      const from = new Date().toISOString();
      const to = new Date(Date.now() + 7 * DAY_MS).toISOString();
      const slots = await stored('PartnerOpenSlots', { doctorId: await idOf(doctor), from, to });
      const stock = await stored('PartnerStock', { text: 'a' });

      expect(directory.data?.['doctors']).toMatchObject({ edges: [{ node: { specialization: 'Cardiology' } }, {}] });
      expect((slots.data?.['availableSlots'] as unknown[]).length).toBeGreaterThan(0);
      expect(stock.errors).toBeUndefined();
    });

    it('run nothing else', async () => {
      const other = await call({ query: '{ doctors(first: 1) { totalCount } }' });
      const unknown = await call({ extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } });
      const stranger = await call({ query: '{ doctors(first: 1) { totalCount } }' }, 'wrong-key');

      expect(other.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_REQUIRED');
      expect(unknown.errors?.[0]?.extensions.code).toMatch(/^PERSISTED_QUERY_/);
      expect(stranger.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    });
  });

  it('leaves no operation of the contract untried', async () => {
    const files = await Promise.all(
      ['frontend', 'mobile', 'partner'].map((name) => readFile(`operations/${name}.graphql`, 'utf8')),
    );
    const names = files.flatMap((file) =>
      parse(file).definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? (one.name?.value ?? []) : [])),
    );
    expect(names.filter((name) => !tried.has(name))).toEqual([]);
  });
});
