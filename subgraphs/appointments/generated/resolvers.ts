// Made by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  SlotRecord,
  AppointmentRecord,
  AppointmentStatusEventRecord,
  AppointmentStatusChangeRecord,
  ReferralRecord,
  DoctorRecord,
  PatientRecord,
  WorkplaceRecord,
  AppointmentConnectionRecord,
  AppointmentEdgeRecord,
  AppointmentBookedRecord,
  SlotTakenRecord,
} from '../records.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
  /** An instant, RFC 3339, always answered in UTC. */
  DateTime: { input: Date; output: Date };
};

/** The stations of an appointment, from the request to its end. */
export type AppointmentStatus =
  'REQUESTED' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'IN_PROGRESS' | 'COMPLETED' | 'NO_SHOW';

export type AppointmentType = 'IN_PERSON' | 'VIDEO' | 'FOLLOW_UP';

/**
 * Where a request for care stands (FHIR's request pattern). A referral is REQUESTED, then ACCEPTED or REJECTED, and COMPLETED once
 * its appointment is booked; a prescription is ACTIVE until it is COMPLETED, CANCELLED or EXPIRED.
 */
export type RequestStatus = 'REQUESTED' | 'ACCEPTED' | 'REJECTED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';

export type Query = {
  __typename?: 'Query';
  /** Free slots of a doctor that start within the period (at most 62 days), earliest first. */
  availableSlots: Array<Slot>;
  /** Null when there is none, or none that the caller may see. */
  appointment?: Maybe<Appointment>;
  /** A patient's own appointments; a doctor's calendar; for an assistant or a nurse, the calendars they look after. */
  myAppointments: AppointmentConnection;
  /** One change of status by its event id; null when there is none, or none that the caller may see. */
  appointmentStatusEvent?: Maybe<AppointmentStatusEvent>;
};

export type QueryAvailableSlotsArgs = {
  doctorId: Scalars['ID']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

export type QueryAppointmentArgs = {
  id: Scalars['ID']['input'];
};

export type QueryMyAppointmentsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AppointmentFilter>;
};

export type QueryAppointmentStatusEventArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  bookAppointment: BookAppointmentResult;
  confirmAppointment: Appointment;
  rejectAppointment: Appointment;
  cancelAppointment: Appointment;
  /** Moves an appointment to another slot of the same doctor. A patient's move has to be confirmed again. */
  rescheduleAppointment: BookAppointmentResult;
  checkInAppointment: Appointment;
  startAppointment: Appointment;
  completeAppointment: Appointment;
  markAppointmentNoShow: Appointment;
};

export type MutationBookAppointmentArgs = {
  input: BookAppointmentInput;
};

export type MutationConfirmAppointmentArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRejectAppointmentArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};

export type MutationCancelAppointmentArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};

export type MutationRescheduleAppointmentArgs = {
  id: Scalars['ID']['input'];
  slotId: Scalars['ID']['input'];
};

export type MutationCheckInAppointmentArgs = {
  id: Scalars['ID']['input'];
};

export type MutationStartAppointmentArgs = {
  id: Scalars['ID']['input'];
};

export type MutationCompleteAppointmentArgs = {
  id: Scalars['ID']['input'];
};

export type MutationMarkAppointmentNoShowArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Changes of status as they happen, of one appointment or of all that the caller may see. */
  appointmentStatusChanged: AppointmentStatusEvent;
};

export type SubscriptionAppointmentStatusChangedArgs = {
  appointmentId?: InputMaybe<Scalars['ID']['input']>;
};

/** A bookable period of a doctor's calendar. */
export type Slot = {
  __typename?: 'Slot';
  id: Scalars['ID']['output'];
  startsAt: Scalars['DateTime']['output'];
  endsAt: Scalars['DateTime']['output'];
  doctor: Doctor;
  workplace: Workplace;
};

export type Appointment = {
  __typename?: 'Appointment';
  id: Scalars['ID']['output'];
  status?: Maybe<AppointmentStatus>;
  startsAt?: Maybe<Scalars['DateTime']['output']>;
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  type?: Maybe<AppointmentType>;
  /** Why the patient comes, in their words. */
  reason?: Maybe<Scalars['String']['output']>;
  doctor?: Maybe<Doctor>;
  patient?: Maybe<Patient>;
  workplace?: Maybe<Workplace>;
  /** Every change of status, oldest first. */
  statusHistory?: Maybe<Array<AppointmentStatusChange>>;
  createdAt?: Maybe<Scalars['DateTime']['output']>;
};

export type AppointmentStatusChange = {
  __typename?: 'AppointmentStatusChange';
  status: AppointmentStatus;
  occurredAt: Scalars['DateTime']['output'];
  reason?: Maybe<Scalars['String']['output']>;
};

export type AppointmentStatusEvent = {
  __typename?: 'AppointmentStatusEvent';
  eventId: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
  /** Null for the first status of an appointment. */
  previousStatus?: Maybe<AppointmentStatus>;
  status: AppointmentStatus;
  appointment: Appointment;
};

export type Doctor = {
  __typename?: 'Doctor';
  id: Scalars['ID']['output'];
  /** The earliest free slots of the next 30 days. */
  nextAvailableSlots: Array<Slot>;
  /** The doctor's calendar: for the doctor and for those who look after it. */
  appointments?: Maybe<AppointmentConnection>;
};

export type DoctorNextAvailableSlotsArgs = {
  first?: Scalars['Int']['input'];
};

export type DoctorAppointmentsArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Patient = {
  __typename?: 'Patient';
  id: Scalars['ID']['output'];
};

export type Workplace = {
  __typename?: 'Workplace';
  id: Scalars['ID']['output'];
};

/** A doctor's request that another doctor sees a patient (FHIR ServiceRequest). */
export type Referral = {
  __typename?: 'Referral';
  id: Scalars['ID']['output'];
  status?: Maybe<RequestStatus>;
  reason?: Maybe<Scalars['String']['output']>;
  fromDoctor?: Maybe<Doctor>;
  toDoctor?: Maybe<Doctor>;
  patient?: Maybe<Patient>;
  createdAt?: Maybe<Scalars['DateTime']['output']>;
};

export type BookAppointmentResult = AppointmentBooked | SlotTaken;

export type AppointmentBooked = {
  __typename?: 'AppointmentBooked';
  appointment: Appointment;
};

/** The slot was taken in the meantime; nothing was written. */
export type SlotTaken = {
  __typename?: 'SlotTaken';
  nextAvailableSlots: Array<Slot>;
};

export type AppointmentConnection = {
  __typename?: 'AppointmentConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<AppointmentEdge>;
};

export type AppointmentEdge = {
  __typename?: 'AppointmentEdge';
  cursor: Scalars['String']['output'];
  node: Appointment;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type AppointmentFilter = {
  /** True: those that have not ended and are not cancelled, earliest first. Otherwise all, latest first. */
  upcoming?: InputMaybe<Scalars['Boolean']['input']>;
  status?: InputMaybe<Array<AppointmentStatus>>;
};

export type BookAppointmentInput = {
  slotId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  type?: InputMaybe<AppointmentType>;
  /** For assistants: whom the appointment is for. A patient books for themselves. */
  patientId?: InputMaybe<Scalars['ID']['input']>;
  /** A second request with the same key answers with the first one's appointment. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
  reference: TReference,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<
  TResult,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<
  TResult,
  TKey extends string,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo,
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  obj: T,
  context: TContext,
  info: GraphQLResolveInfo,
) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<
  TResult = Record<PropertyKey, never>,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Slot: Slot;
  Appointment: Appointment;
  Doctor: Doctor;
  Referral: Referral;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Slot: { __typename: 'Slot' } & GraphQLRecursivePick<FederationTypes['Slot'], { id: true }>;
  Appointment: { __typename: 'Appointment' } & GraphQLRecursivePick<FederationTypes['Appointment'], { id: true }>;
  Doctor: { __typename: 'Doctor' } & GraphQLRecursivePick<FederationTypes['Doctor'], { id: true }>;
  Referral: { __typename: 'Referral' } & GraphQLRecursivePick<FederationTypes['Referral'], { id: true }>;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  BookAppointmentResult: AppointmentBookedRecord | SlotTakenRecord;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  AppointmentStatus: AppointmentStatus;
  AppointmentType: AppointmentType;
  RequestStatus: RequestStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Slot: ResolverTypeWrapper<SlotRecord>;
  Appointment: ResolverTypeWrapper<AppointmentRecord>;
  AppointmentStatusChange: ResolverTypeWrapper<AppointmentStatusChangeRecord>;
  AppointmentStatusEvent: ResolverTypeWrapper<AppointmentStatusEventRecord>;
  Doctor: ResolverTypeWrapper<DoctorRecord>;
  Patient: ResolverTypeWrapper<PatientRecord>;
  Workplace: ResolverTypeWrapper<WorkplaceRecord>;
  Referral: ResolverTypeWrapper<ReferralRecord>;
  BookAppointmentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BookAppointmentResult']>;
  AppointmentBooked: ResolverTypeWrapper<AppointmentBookedRecord>;
  SlotTaken: ResolverTypeWrapper<SlotTakenRecord>;
  AppointmentConnection: ResolverTypeWrapper<AppointmentConnectionRecord>;
  AppointmentEdge: ResolverTypeWrapper<AppointmentEdgeRecord>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  AppointmentFilter: AppointmentFilter;
  BookAppointmentInput: BookAppointmentInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  Slot: SlotRecord;
  Appointment: AppointmentRecord;
  AppointmentStatusChange: AppointmentStatusChangeRecord;
  AppointmentStatusEvent: AppointmentStatusEventRecord;
  Doctor: DoctorRecord;
  Patient: PatientRecord;
  Workplace: WorkplaceRecord;
  Referral: ReferralRecord;
  BookAppointmentResult: ResolversUnionTypes<ResolversParentTypes>['BookAppointmentResult'];
  AppointmentBooked: AppointmentBookedRecord;
  SlotTaken: SlotTakenRecord;
  AppointmentConnection: AppointmentConnectionRecord;
  AppointmentEdge: AppointmentEdgeRecord;
  PageInfo: PageInfo;
  AppointmentFilter: AppointmentFilter;
  BookAppointmentInput: BookAppointmentInput;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type EventSourceDirectiveArgs = {
  type: Scalars['String']['input'];
  resolve: Scalars['String']['input'];
  by?: Scalars['String']['input'];
  subject?: Maybe<Scalars['String']['input']>;
  conflate?: Scalars['Boolean']['input'];
};

export type EventSourceDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = EventSourceDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  availableSlots?: Resolver<
    Array<ResolversTypes['Slot']>,
    ParentType,
    ContextType,
    RequireFields<QueryAvailableSlotsArgs, 'doctorId' | 'from' | 'to'>
  >;
  appointment?: Resolver<
    Maybe<ResolversTypes['Appointment']>,
    ParentType,
    ContextType,
    RequireFields<QueryAppointmentArgs, 'id'>
  >;
  myAppointments?: Resolver<
    ResolversTypes['AppointmentConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryMyAppointmentsArgs, 'first'>
  >;
  appointmentStatusEvent?: Resolver<
    Maybe<ResolversTypes['AppointmentStatusEvent']>,
    ParentType,
    ContextType,
    RequireFields<QueryAppointmentStatusEventArgs, 'id'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  bookAppointment?: Resolver<
    ResolversTypes['BookAppointmentResult'],
    ParentType,
    ContextType,
    RequireFields<MutationBookAppointmentArgs, 'input'>
  >;
  confirmAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationConfirmAppointmentArgs, 'id'>
  >;
  rejectAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationRejectAppointmentArgs, 'id'>
  >;
  cancelAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationCancelAppointmentArgs, 'id'>
  >;
  rescheduleAppointment?: Resolver<
    ResolversTypes['BookAppointmentResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRescheduleAppointmentArgs, 'id' | 'slotId'>
  >;
  checkInAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationCheckInAppointmentArgs, 'id'>
  >;
  startAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationStartAppointmentArgs, 'id'>
  >;
  completeAppointment?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationCompleteAppointmentArgs, 'id'>
  >;
  markAppointmentNoShow?: Resolver<
    ResolversTypes['Appointment'],
    ParentType,
    ContextType,
    RequireFields<MutationMarkAppointmentNoShowArgs, 'id'>
  >;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription'],
> = {
  appointmentStatusChanged?: SubscriptionResolver<
    ResolversTypes['AppointmentStatusEvent'],
    'appointmentStatusChanged',
    ParentType,
    ContextType,
    Partial<SubscriptionAppointmentStatusChangedArgs>
  >;
};

export type SlotResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Slot'] = ResolversParentTypes['Slot'],
  FederationReferenceType extends FederationReferenceTypes['Slot'] = FederationReferenceTypes['Slot'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Slot']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  doctor?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
  workplace?: Resolver<ResolversTypes['Workplace'], ParentType, ContextType>;
};

export type AppointmentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Appointment'] = ResolversParentTypes['Appointment'],
  FederationReferenceType extends FederationReferenceTypes['Appointment'] = FederationReferenceTypes['Appointment'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Appointment']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['AppointmentStatus']>, ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['AppointmentType']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  doctor?: Resolver<Maybe<ResolversTypes['Doctor']>, ParentType, ContextType>;
  patient?: Resolver<Maybe<ResolversTypes['Patient']>, ParentType, ContextType>;
  workplace?: Resolver<Maybe<ResolversTypes['Workplace']>, ParentType, ContextType>;
  statusHistory?: Resolver<Maybe<Array<ResolversTypes['AppointmentStatusChange']>>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AppointmentStatusChangeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AppointmentStatusChange'] = ResolversParentTypes['AppointmentStatusChange'],
> = {
  status?: Resolver<ResolversTypes['AppointmentStatus'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AppointmentStatusEventResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AppointmentStatusEvent'] = ResolversParentTypes['AppointmentStatusEvent'],
> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStatus?: Resolver<Maybe<ResolversTypes['AppointmentStatus']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AppointmentStatus'], ParentType, ContextType>;
  appointment?: Resolver<ResolversTypes['Appointment'], ParentType, ContextType>;
};

export type DoctorResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Doctor'] = ResolversParentTypes['Doctor'],
  FederationReferenceType extends FederationReferenceTypes['Doctor'] = FederationReferenceTypes['Doctor'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Doctor']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAvailableSlots?: Resolver<
    Array<ResolversTypes['Slot']>,
    ParentType,
    ContextType,
    RequireFields<DoctorNextAvailableSlotsArgs, 'first'>
  >;
  appointments?: Resolver<
    Maybe<ResolversTypes['AppointmentConnection']>,
    ParentType,
    ContextType,
    RequireFields<DoctorAppointmentsArgs, 'from' | 'to' | 'first'>
  >;
};

export type PatientResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Patient'] = ResolversParentTypes['Patient'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type WorkplaceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Workplace'] = ResolversParentTypes['Workplace'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ReferralResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Referral'] = ResolversParentTypes['Referral'],
  FederationReferenceType extends FederationReferenceTypes['Referral'] = FederationReferenceTypes['Referral'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Referral']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['RequestStatus']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fromDoctor?: Resolver<Maybe<ResolversTypes['Doctor']>, ParentType, ContextType>;
  toDoctor?: Resolver<Maybe<ResolversTypes['Doctor']>, ParentType, ContextType>;
  patient?: Resolver<Maybe<ResolversTypes['Patient']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type BookAppointmentResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BookAppointmentResult'] = ResolversParentTypes['BookAppointmentResult'],
> = {
  __resolveType?: TypeResolveFn<'AppointmentBooked' | 'SlotTaken', ParentType, ContextType>;
};

export type AppointmentBookedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AppointmentBooked'] = ResolversParentTypes['AppointmentBooked'],
> = {
  appointment?: Resolver<ResolversTypes['Appointment'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SlotTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SlotTaken'] = ResolversParentTypes['SlotTaken'],
> = {
  nextAvailableSlots?: Resolver<Array<ResolversTypes['Slot']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AppointmentConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AppointmentConnection'] = ResolversParentTypes['AppointmentConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['AppointmentEdge']>, ParentType, ContextType>;
};

export type AppointmentEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AppointmentEdge'] = ResolversParentTypes['AppointmentEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Appointment'], ParentType, ContextType>;
};

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo'],
> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Slot?: SlotResolvers<ContextType>;
  Appointment?: AppointmentResolvers<ContextType>;
  AppointmentStatusChange?: AppointmentStatusChangeResolvers<ContextType>;
  AppointmentStatusEvent?: AppointmentStatusEventResolvers<ContextType>;
  Doctor?: DoctorResolvers<ContextType>;
  Patient?: PatientResolvers<ContextType>;
  Workplace?: WorkplaceResolvers<ContextType>;
  Referral?: ReferralResolvers<ContextType>;
  BookAppointmentResult?: BookAppointmentResultResolvers<ContextType>;
  AppointmentBooked?: AppointmentBookedResolvers<ContextType>;
  SlotTaken?: SlotTakenResolvers<ContextType>;
  AppointmentConnection?: AppointmentConnectionResolvers<ContextType>;
  AppointmentEdge?: AppointmentEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventSource?: EventSourceDirectiveResolver<any, any, ContextType>;
};
