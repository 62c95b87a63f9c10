// Made by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  DoctorRecord,
  WorkplaceRecord,
  UserRecord,
  DoctorConnectionRecord,
  NearbyDoctorConnectionRecord,
  NearbyDoctorEdgeRecord,
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
  /** An exact decimal number, as a string: "350.00". */
  Decimal: { input: string; output: string };
};

export type VerificationStatus = 'PENDING' | 'VERIFIED' | 'REJECTED';

export type WorkplaceType = 'CLINIC' | 'HOSPITAL' | 'TELEMEDICINE';

export type Query = {
  __typename?: 'Query';
  /** The public directory of verified doctors, by name. */
  doctors: DoctorConnection;
  doctor?: Maybe<Doctor>;
  /** Verified doctors with a workplace within the radius, nearest first. */
  nearbyDoctors: NearbyDoctorConnection;
};

export type QueryDoctorsArgs = {
  filter?: InputMaybe<DoctorFilter>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryDoctorArgs = {
  id: Scalars['ID']['input'];
};

export type QueryNearbyDoctorsArgs = {
  near: GeoPointInput;
  radiusKm: Scalars['Float']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A practitioner; the id is the id of their user. */
export type Doctor = {
  __typename?: 'Doctor';
  id: Scalars['ID']['output'];
  specialization: Scalars['String']['output'];
  verificationStatus: VerificationStatus;
  bio?: Maybe<Scalars['String']['output']>;
  yearsOfExperience?: Maybe<Scalars['Int']['output']>;
  /** BCP 47 language tags. */
  languages: Array<Scalars['String']['output']>;
  user: User;
  workplaces: Array<Workplace>;
};

export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
  /** The person's own profile as a doctor. */
  doctor?: Maybe<Doctor>;
};

/** A place where a doctor sees patients. */
export type Workplace = {
  __typename?: 'Workplace';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  type: WorkplaceType;
  /** IANA time zone name. */
  timeZone: Scalars['String']['output'];
  consultationFee: Money;
  address: PostalAddress;
  location?: Maybe<GeoPoint>;
};

export type PostalAddress = {
  __typename?: 'PostalAddress';
  street: Scalars['String']['output'];
  city: Scalars['String']['output'];
  state?: Maybe<Scalars['String']['output']>;
  postalCode?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2. */
  country: Scalars['String']['output'];
};

/** WGS 84 degrees. */
export type GeoPoint = {
  __typename?: 'GeoPoint';
  latitude: Scalars['Float']['output'];
  longitude: Scalars['Float']['output'];
};

export type Money = {
  __typename?: 'Money';
  amount: Scalars['Decimal']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
};

export type DoctorConnection = {
  __typename?: 'DoctorConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<DoctorEdge>;
};

export type DoctorEdge = {
  __typename?: 'DoctorEdge';
  cursor: Scalars['String']['output'];
  node: Doctor;
};

export type NearbyDoctorConnection = {
  __typename?: 'NearbyDoctorConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<NearbyDoctorEdge>;
};

export type NearbyDoctorEdge = {
  __typename?: 'NearbyDoctorEdge';
  cursor: Scalars['String']['output'];
  /** Kilometres, great-circle, to the doctor's nearest workplace. */
  distanceKm: Scalars['Float']['output'];
  node: Doctor;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type DoctorFilter = {
  /** Words of the name, the specialization or the biography. */
  text?: InputMaybe<Scalars['String']['input']>;
  specialization?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
};

export type GeoPointInput = {
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
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
  Doctor: Doctor;
  User: User;
  Workplace: Workplace;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Doctor: { __typename: 'Doctor' } & GraphQLRecursivePick<FederationTypes['Doctor'], { id: true }>;
  User: { __typename: 'User' } & GraphQLRecursivePick<FederationTypes['User'], { id: true }>;
  Workplace: { __typename: 'Workplace' } & GraphQLRecursivePick<FederationTypes['Workplace'], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  VerificationStatus: VerificationStatus;
  WorkplaceType: WorkplaceType;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Doctor: ResolverTypeWrapper<DoctorRecord>;
  User: ResolverTypeWrapper<UserRecord>;
  Workplace: ResolverTypeWrapper<WorkplaceRecord>;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  Money: ResolverTypeWrapper<Money>;
  DoctorConnection: ResolverTypeWrapper<DoctorConnectionRecord>;
  DoctorEdge: ResolverTypeWrapper<Omit<DoctorEdge, 'node'> & { node: ResolversTypes['Doctor'] }>;
  NearbyDoctorConnection: ResolverTypeWrapper<NearbyDoctorConnectionRecord>;
  NearbyDoctorEdge: ResolverTypeWrapper<NearbyDoctorEdgeRecord>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DoctorFilter: DoctorFilter;
  GeoPointInput: GeoPointInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Float: Scalars['Float']['output'];
  Doctor: DoctorRecord;
  User: UserRecord;
  Workplace: WorkplaceRecord;
  PostalAddress: PostalAddress;
  GeoPoint: GeoPoint;
  Money: Money;
  DoctorConnection: DoctorConnectionRecord;
  DoctorEdge: Omit<DoctorEdge, 'node'> & { node: ResolversParentTypes['Doctor'] };
  NearbyDoctorConnection: NearbyDoctorConnectionRecord;
  NearbyDoctorEdge: NearbyDoctorEdgeRecord;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  DoctorFilter: DoctorFilter;
  GeoPointInput: GeoPointInput;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  doctors?: Resolver<
    ResolversTypes['DoctorConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryDoctorsArgs, 'first'>
  >;
  doctor?: Resolver<Maybe<ResolversTypes['Doctor']>, ParentType, ContextType, RequireFields<QueryDoctorArgs, 'id'>>;
  nearbyDoctors?: Resolver<
    ResolversTypes['NearbyDoctorConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryNearbyDoctorsArgs, 'near' | 'radiusKm' | 'first'>
  >;
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
  specialization?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verificationStatus?: Resolver<ResolversTypes['VerificationStatus'], ParentType, ContextType>;
  bio?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  yearsOfExperience?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  languages?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  workplaces?: Resolver<Array<ResolversTypes['Workplace']>, ParentType, ContextType>;
};

export type UserResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'],
  FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['User']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  doctor?: Resolver<Maybe<ResolversTypes['Doctor']>, ParentType, ContextType>;
};

export type WorkplaceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Workplace'] = ResolversParentTypes['Workplace'],
  FederationReferenceType extends FederationReferenceTypes['Workplace'] = FederationReferenceTypes['Workplace'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Workplace']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['WorkplaceType'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  consultationFee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['PostalAddress'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['GeoPoint']>, ParentType, ContextType>;
};

export type PostalAddressResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress'],
> = {
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GeoPointResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint'],
> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DoctorConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DoctorConnection'] = ResolversParentTypes['DoctorConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['DoctorEdge']>, ParentType, ContextType>;
};

export type DoctorEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DoctorEdge'] = ResolversParentTypes['DoctorEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
};

export type NearbyDoctorConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NearbyDoctorConnection'] = ResolversParentTypes['NearbyDoctorConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['NearbyDoctorEdge']>, ParentType, ContextType>;
};

export type NearbyDoctorEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NearbyDoctorEdge'] = ResolversParentTypes['NearbyDoctorEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distanceKm?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Doctor'], ParentType, ContextType>;
};

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo'],
> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Doctor?: DoctorResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Workplace?: WorkplaceResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  DoctorConnection?: DoctorConnectionResolvers<ContextType>;
  DoctorEdge?: DoctorEdgeResolvers<ContextType>;
  NearbyDoctorConnection?: NearbyDoctorConnectionResolvers<ContextType>;
  NearbyDoctorEdge?: NearbyDoctorEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};
