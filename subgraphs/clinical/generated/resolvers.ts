// Made by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  PatientRecord,
  ConsultationRecord,
  PrescriptionRecord,
  PrescriptionItemRecord,
  ReferralRecord,
  ClinicalDocumentRecord,
  TimelineEntryRecord,
  AllergyIntoleranceRecord,
  ConsentRecord,
  AuditEventRecord,
  TimelineConnectionRecord,
  AuditEventConnectionRecord,
} from '../records.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
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

/** FHIR AllergyIntolerance.reaction.severity. */
export type AllergySeverity = 'MILD' | 'MODERATE' | 'SEVERE';

/**
 * Where a request for care stands (FHIR's request pattern). A referral is REQUESTED, then ACCEPTED or REJECTED, and COMPLETED once
 * its appointment is booked; a prescription is ACTIVE until it is COMPLETED, CANCELLED or EXPIRED.
 */
export type RequestStatus = 'REQUESTED' | 'ACCEPTED' | 'REJECTED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';

/** FHIR AuditEvent.action. */
export type AuditAction = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE';

/** FHIR AuditEvent.outcome. */
export type AuditOutcome = 'SUCCESS' | 'DENIED';

export type Query = {
  __typename?: 'Query';
  /** Null when there is none, or none that the caller may see. */
  consultation?: Maybe<Consultation>;
  /** Null when there is none, or none that the caller may see. */
  prescription?: Maybe<Prescription>;
  /** Who read or changed a patient's record, latest first: for the patient and for administrators. */
  patientAccessLog: AuditEventConnection;
};

export type QueryConsultationArgs = {
  id: Scalars['ID']['input'];
};

export type QueryPrescriptionArgs = {
  id: Scalars['ID']['input'];
};

export type QueryPatientAccessLogArgs = {
  patientId: Scalars['ID']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Writes a consultation into the record of a patient whom the doctor treats. */
  recordConsultation: Consultation;
  /** Prescribes medicines to a patient whom the doctor treats. */
  issuePrescription: Prescription;
  /** Lets a doctor read the caller's record until the consent expires or is revoked. */
  grantConsent: Consent;
  /** Ends a consent at once. */
  revokeConsent: Consent;
};

export type MutationRecordConsultationArgs = {
  input: RecordConsultationInput;
};

export type MutationIssuePrescriptionArgs = {
  input: IssuePrescriptionInput;
};

export type MutationGrantConsentArgs = {
  doctorId: Scalars['ID']['input'];
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type MutationRevokeConsentArgs = {
  id: Scalars['ID']['input'];
};

export type Patient = {
  __typename?: 'Patient';
  id: Scalars['ID']['output'];
  /** For the patient, for doctors who treat them and for doctors with their consent. */
  allergies?: Maybe<Array<AllergyIntolerance>>;
  /** The record, latest first: for the patient, for doctors who treat them and for doctors with their consent. */
  timeline?: Maybe<TimelineConnection>;
};

export type PatientTimelineArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Something in a patient's record that has its place in time. */
export type TimelineEntry = {
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
};

export type Consultation = TimelineEntry & {
  __typename?: 'Consultation';
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
  diagnosis: Scalars['String']['output'];
  notes?: Maybe<Scalars['String']['output']>;
  doctor: Doctor;
  patient: Patient;
};

export type Prescription = TimelineEntry & {
  __typename?: 'Prescription';
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
  status?: Maybe<RequestStatus>;
  items: Array<PrescriptionItem>;
  doctor: Doctor;
  patient: Patient;
};

export type PrescriptionItem = {
  __typename?: 'PrescriptionItem';
  id: Scalars['ID']['output'];
  product?: Maybe<Product>;
  dosage: Scalars['String']['output'];
  frequency: Scalars['String']['output'];
  durationDays: Scalars['Int']['output'];
};

export type Referral = TimelineEntry & {
  __typename?: 'Referral';
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
};

/** FHIR DocumentReference. */
export type ClinicalDocument = TimelineEntry & {
  __typename?: 'ClinicalDocument';
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
  title: Scalars['String']['output'];
  /** A media type (RFC 6838). */
  contentType: Scalars['String']['output'];
};

export type AllergyIntolerance = {
  __typename?: 'AllergyIntolerance';
  id: Scalars['ID']['output'];
  substance: Scalars['String']['output'];
  severity: AllergySeverity;
};

export type Consent = {
  __typename?: 'Consent';
  id: Scalars['ID']['output'];
  doctor: Doctor;
  grantedAt: Scalars['DateTime']['output'];
  /** Null: until revoked. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** FHIR AuditEvent: one access to a patient's record, granted or denied. */
export type AuditEvent = {
  __typename?: 'AuditEvent';
  id: Scalars['ID']['output'];
  occurredAt: Scalars['DateTime']['output'];
  action: AuditAction;
  /** What was read or done, and on what grounds. */
  reason: Scalars['String']['output'];
  outcome: AuditOutcome;
  actor?: Maybe<User>;
};

export type Doctor = {
  __typename?: 'Doctor';
  id: Scalars['ID']['output'];
};

export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
};

export type Product = {
  __typename?: 'Product';
  id: Scalars['ID']['output'];
};

export type TimelineConnection = {
  __typename?: 'TimelineConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<TimelineEdge>;
};

export type TimelineEdge = {
  __typename?: 'TimelineEdge';
  cursor: Scalars['String']['output'];
  node: TimelineEntry;
};

export type AuditEventConnection = {
  __typename?: 'AuditEventConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<AuditEventEdge>;
};

export type AuditEventEdge = {
  __typename?: 'AuditEventEdge';
  cursor: Scalars['String']['output'];
  node: AuditEvent;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type RecordConsultationInput = {
  patientId: Scalars['ID']['input'];
  appointmentId?: InputMaybe<Scalars['ID']['input']>;
  diagnosis: Scalars['String']['input'];
  notes?: InputMaybe<Scalars['String']['input']>;
};

export type IssuePrescriptionInput = {
  patientId: Scalars['ID']['input'];
  items: Array<PrescriptionItemInput>;
  /** A second request with the same key answers with the first one's prescription. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type PrescriptionItemInput = {
  productId: Scalars['ID']['input'];
  dosage: Scalars['String']['input'];
  frequency: Scalars['String']['input'];
  /** 1 to 365. */
  durationDays: Scalars['Int']['input'];
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
  Patient: Patient;
  Consultation: Consultation;
  Prescription: Prescription;
  Referral: Referral;
  ClinicalDocument: ClinicalDocument;
  Consent: Consent;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Patient: { __typename: 'Patient' } & GraphQLRecursivePick<FederationTypes['Patient'], { id: true }>;
  Consultation: { __typename: 'Consultation' } & GraphQLRecursivePick<FederationTypes['Consultation'], { id: true }>;
  Prescription: { __typename: 'Prescription' } & GraphQLRecursivePick<FederationTypes['Prescription'], { id: true }>;
  Referral: { __typename: 'Referral' } & GraphQLRecursivePick<FederationTypes['Referral'], { id: true }>;
  ClinicalDocument: { __typename: 'ClinicalDocument' } & GraphQLRecursivePick<
    FederationTypes['ClinicalDocument'],
    { id: true }
  >;
  Consent: { __typename: 'Consent' } & GraphQLRecursivePick<FederationTypes['Consent'], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  AllergySeverity: AllergySeverity;
  RequestStatus: RequestStatus;
  AuditAction: AuditAction;
  AuditOutcome: AuditOutcome;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Patient: ResolverTypeWrapper<PatientRecord>;
  TimelineEntry: ResolverTypeWrapper<TimelineEntryRecord>;
  Consultation: ResolverTypeWrapper<ConsultationRecord>;
  Prescription: ResolverTypeWrapper<PrescriptionRecord>;
  PrescriptionItem: ResolverTypeWrapper<PrescriptionItemRecord>;
  Referral: ResolverTypeWrapper<ReferralRecord>;
  ClinicalDocument: ResolverTypeWrapper<ClinicalDocumentRecord>;
  AllergyIntolerance: ResolverTypeWrapper<AllergyIntoleranceRecord>;
  Consent: ResolverTypeWrapper<ConsentRecord>;
  AuditEvent: ResolverTypeWrapper<AuditEventRecord>;
  Doctor: ResolverTypeWrapper<Doctor>;
  User: ResolverTypeWrapper<User>;
  Product: ResolverTypeWrapper<Product>;
  TimelineConnection: ResolverTypeWrapper<TimelineConnectionRecord>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  AuditEventConnection: ResolverTypeWrapper<AuditEventConnectionRecord>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  RecordConsultationInput: RecordConsultationInput;
  IssuePrescriptionInput: IssuePrescriptionInput;
  PrescriptionItemInput: PrescriptionItemInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  Patient: PatientRecord;
  TimelineEntry: TimelineEntryRecord;
  Consultation: ConsultationRecord;
  Prescription: PrescriptionRecord;
  PrescriptionItem: PrescriptionItemRecord;
  Referral: ReferralRecord;
  ClinicalDocument: ClinicalDocumentRecord;
  AllergyIntolerance: AllergyIntoleranceRecord;
  Consent: ConsentRecord;
  AuditEvent: AuditEventRecord;
  Doctor: Doctor;
  User: User;
  Product: Product;
  TimelineConnection: TimelineConnectionRecord;
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  AuditEventConnection: AuditEventConnectionRecord;
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  RecordConsultationInput: RecordConsultationInput;
  IssuePrescriptionInput: IssuePrescriptionInput;
  PrescriptionItemInput: PrescriptionItemInput;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  consultation?: Resolver<
    Maybe<ResolversTypes['Consultation']>,
    ParentType,
    ContextType,
    RequireFields<QueryConsultationArgs, 'id'>
  >;
  prescription?: Resolver<
    Maybe<ResolversTypes['Prescription']>,
    ParentType,
    ContextType,
    RequireFields<QueryPrescriptionArgs, 'id'>
  >;
  patientAccessLog?: Resolver<
    ResolversTypes['AuditEventConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryPatientAccessLogArgs, 'patientId' | 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  recordConsultation?: Resolver<
    ResolversTypes['Consultation'],
    ParentType,
    ContextType,
    RequireFields<MutationRecordConsultationArgs, 'input'>
  >;
  issuePrescription?: Resolver<
    ResolversTypes['Prescription'],
    ParentType,
    ContextType,
    RequireFields<MutationIssuePrescriptionArgs, 'input'>
  >;
  grantConsent?: Resolver<
    ResolversTypes['Consent'],
    ParentType,
    ContextType,
    RequireFields<MutationGrantConsentArgs, 'doctorId'>
  >;
  revokeConsent?: Resolver<
    ResolversTypes['Consent'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeConsentArgs, 'id'>
  >;
};

export type PatientResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Patient'] = ResolversParentTypes['Patient'],
  FederationReferenceType extends FederationReferenceTypes['Patient'] = FederationReferenceTypes['Patient'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Patient']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  allergies?: Resolver<Maybe<Array<ResolversTypes['AllergyIntolerance']>>, ParentType, ContextType>;
  timeline?: Resolver<
    Maybe<ResolversTypes['TimelineConnection']>,
    ParentType,
    ContextType,
    RequireFields<PatientTimelineArgs, 'first'>
  >;
};

export type TimelineEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry'],
> = {
  __resolveType?: TypeResolveFn<
    'Consultation' | 'Prescription' | 'Referral' | 'ClinicalDocument',
    ParentType,
    ContextType
  >;
};

export type ConsultationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Consultation'] = ResolversParentTypes['Consultation'],
  FederationReferenceType extends FederationReferenceTypes['Consultation'] = FederationReferenceTypes['Consultation'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Consultation']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  diagnosis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  doctor?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PrescriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Prescription'] = ResolversParentTypes['Prescription'],
  FederationReferenceType extends FederationReferenceTypes['Prescription'] = FederationReferenceTypes['Prescription'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Prescription']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['RequestStatus']>, ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['PrescriptionItem']>, ParentType, ContextType>;
  doctor?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PrescriptionItemResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PrescriptionItem'] = ResolversParentTypes['PrescriptionItem'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  dosage?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  frequency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  durationDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClinicalDocumentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ClinicalDocument'] = ResolversParentTypes['ClinicalDocument'],
  FederationReferenceType extends FederationReferenceTypes['ClinicalDocument'] =
    FederationReferenceTypes['ClinicalDocument'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['ClinicalDocument']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AllergyIntoleranceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AllergyIntolerance'] = ResolversParentTypes['AllergyIntolerance'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  substance?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['AllergySeverity'], ParentType, ContextType>;
};

export type ConsentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent'],
  FederationReferenceType extends FederationReferenceTypes['Consent'] = FederationReferenceTypes['Consent'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Consent']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  doctor?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
  grantedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AuditEventResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['AuditAction'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AuditOutcome'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type DoctorResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Doctor'] = ResolversParentTypes['Doctor'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ProductResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TimelineConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
};

export type TimelineEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type AuditEventConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
};

export type AuditEventEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
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
  Patient?: PatientResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  Consultation?: ConsultationResolvers<ContextType>;
  Prescription?: PrescriptionResolvers<ContextType>;
  PrescriptionItem?: PrescriptionItemResolvers<ContextType>;
  Referral?: ReferralResolvers<ContextType>;
  ClinicalDocument?: ClinicalDocumentResolvers<ContextType>;
  AllergyIntolerance?: AllergyIntoleranceResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  Doctor?: DoctorResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};
