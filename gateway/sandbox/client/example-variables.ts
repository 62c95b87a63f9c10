// What stands in {{braces}} is filled in when the operation is sent: see remembered-ids.ts.
const variables: Record<string, Record<string, unknown>> = {
  Register: {
    input: { email: 'newcomer@example.com', password: 'a long enough password', name: 'Nour Hadi', role: 'PATIENT' },
  },
  VerifyOtp: { email: 'newcomer@example.com', code: '000000' },
  Login: { email: 'patient@example.com', password: 'caregraph-demo' },
  Refresh: { refreshToken: '{{refreshToken}}' },
  ChangePassword: { current: 'caregraph-demo', next: 'another long password' },
  UpdateProfile: { input: { phone: '+201005550123' } },
  FindDoctors: { filter: { text: 'Layla Mansour' }, first: 5 },
  NearbyDoctors: { near: { latitude: 30.0444, longitude: 31.2357 }, radiusKm: 15 },
  Slots: { doctorId: '{{doctorId}}', from: '{{now}}', to: '{{inTwoWeeks}}' },
  Book: { input: { slotId: '{{slotId}}', reason: 'Check-up' } },
  Confirm: { id: '{{appointmentId}}' },
  Reject: { id: '{{appointmentId}}', reason: 'The clinic is closed that day' },
  Cancel: { id: '{{appointmentId}}', reason: 'I feel better' },
  Reschedule: { id: '{{appointmentId}}', slotId: '{{slotId}}' },
  CheckIn: { id: '{{appointmentId}}' },
  Complete: { id: '{{appointmentId}}' },
  NoShow: { id: '{{appointmentId}}' },
  DoctorDay: { from: '{{now}}', to: '{{inTwoWeeks}}' },
  PatientChart: { patientId: '{{patientId}}', first: 10 },
  RecordConsultation: {
    input: {
      patientId: '{{patientId}}',
      diagnosis: 'Tension headache',
      notes: 'Rest, water, and a visit in two weeks.',
    },
  },
  Prescribe: {
    input: {
      patientId: '{{patientId}}',
      items: [{ productId: '{{productId}}', dosage: '1 tablet', frequency: 'twice a day', durationDays: 5 }],
    },
  },
  GrantConsent: { doctorId: '{{doctorId}}' },
  RevokeConsent: { id: '{{consentId}}' },
  WhoReadMyRecord: { patientId: '{{patientId}}', first: 20 },
  SearchProducts: { text: 'paracetamol', first: 5 },
  PlaceOrder: { input: { branchId: '{{branchId}}', items: [{ productId: '{{productId}}', quantity: 1 }] } },
  MyOrders: { first: 10 },
  Notifications: { first: 20 },
  ReadNotification: { id: '{{notificationId}}' },
  Preferences: { input: { email: true, sms: false, whatsapp: false, push: true } },
  AppointmentStatus: { appointmentId: '{{appointmentId}}' },
  MyUpcoming: { first: 10 },
  PartnerDoctorDirectory: { specialization: 'Cardiology', first: 10 },
  PartnerOpenSlots: { doctorId: '{{doctorId}}', from: '{{now}}', to: '{{inTwoWeeks}}' },
  PartnerStock: { text: 'paracetamol' },
};

/** The variables that an example opens with, as JSON text; empty for an operation that takes none. */
export function exampleVariables(name: string): string {
  return variables[name] ? JSON.stringify(variables[name], undefined, 2) : '';
}
