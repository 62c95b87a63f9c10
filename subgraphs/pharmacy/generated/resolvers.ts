// Made by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  ProductRecord,
  MedicineRecord,
  ProductCategoryRecord,
  StockItemRecord,
  BranchRecord,
  PharmacyRecord,
  OrderRecord,
  OrderItemRecord,
  DeliveryRecord,
  OrderPlacedRecord,
  OutOfStockRecord,
  OutOfStockItemRecord,
  PlaceOrderResultRecord,
  ProductConnectionRecord,
  OrderConnectionRecord,
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
  /** An exact decimal number, as a string: "350.00". */
  Decimal: { input: string; output: string };
};

/** The stations of an order. */
export type OrderStatus = 'PLACED' | 'PREPARING' | 'READY' | 'OUT_FOR_DELIVERY' | 'DELIVERED' | 'CANCELLED';

export type DeliveryStatus = 'PENDING' | 'DISPATCHED' | 'DELIVERED' | 'FAILED';

/** FHIR Medication.doseForm, simplified. */
export type MedicineForm = 'TABLET' | 'CAPSULE' | 'SYRUP' | 'INJECTION' | 'CREAM' | 'DROPS' | 'INHALER';

export type Query = {
  __typename?: 'Query';
  /** Products whose name, manufacturer or category matches the words, best match first. */
  searchProducts: ProductConnection;
  product?: Maybe<Product>;
  /** Null when there is none, or none that the caller may see. */
  order?: Maybe<Order>;
  /** The caller's own orders, latest first. */
  myOrders: OrderConnection;
};

export type QuerySearchProductsArgs = {
  text: Scalars['String']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryProductArgs = {
  id: Scalars['ID']['input'];
};

export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};

export type QueryMyOrdersArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Orders products from one branch: all of them, or none. */
  placeOrder: PlaceOrderResult;
};

export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};

export type Product = {
  __typename?: 'Product';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  manufacturer: Scalars['String']['output'];
  category: ProductCategory;
  /** Null for what is not a medicine. */
  medicine?: Maybe<Medicine>;
  /** Branches that have it, most in stock first. */
  stock: Array<StockItem>;
};

export type ProductStockArgs = {
  first?: Scalars['Int']['input'];
};

export type ProductCategory = {
  __typename?: 'ProductCategory';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type Medicine = {
  __typename?: 'Medicine';
  dosage: Scalars['String']['output'];
  form: MedicineForm;
  prescriptionRequired: Scalars['Boolean']['output'];
};

export type StockItem = {
  __typename?: 'StockItem';
  id: Scalars['ID']['output'];
  quantity: Scalars['Int']['output'];
  price: Money;
  branch: Branch;
};

export type Branch = {
  __typename?: 'Branch';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  pharmacy: Pharmacy;
  address: PostalAddress;
};

export type Pharmacy = {
  __typename?: 'Pharmacy';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
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

export type Order = {
  __typename?: 'Order';
  id: Scalars['ID']['output'];
  status: OrderStatus;
  total: Money;
  items: Array<OrderItem>;
  branch: Branch;
  /** Null while nothing was handed to a carrier. */
  delivery?: Maybe<Delivery>;
  createdAt: Scalars['DateTime']['output'];
};

export type OrderItem = {
  __typename?: 'OrderItem';
  id: Scalars['ID']['output'];
  product: Product;
  quantity: Scalars['Int']['output'];
  unitPrice: Money;
};

export type Delivery = {
  __typename?: 'Delivery';
  status: DeliveryStatus;
  trackingNumber?: Maybe<Scalars['String']['output']>;
};

export type Money = {
  __typename?: 'Money';
  amount: Scalars['Decimal']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
};

export type PlaceOrderResult = OrderPlaced | OutOfStock;

export type OrderPlaced = {
  __typename?: 'OrderPlaced';
  order: Order;
};

/** Some of it is not there in that quantity; nothing was taken. */
export type OutOfStock = {
  __typename?: 'OutOfStock';
  items: Array<OutOfStockItem>;
};

export type OutOfStockItem = {
  __typename?: 'OutOfStockItem';
  productId: Scalars['ID']['output'];
  requested: Scalars['Int']['output'];
  available: Scalars['Int']['output'];
};

export type ProductConnection = {
  __typename?: 'ProductConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<ProductEdge>;
};

export type ProductEdge = {
  __typename?: 'ProductEdge';
  cursor: Scalars['String']['output'];
  node: Product;
};

export type OrderConnection = {
  __typename?: 'OrderConnection';
  totalCount: Scalars['Int']['output'];
  pageInfo: PageInfo;
  edges: Array<OrderEdge>;
};

export type OrderEdge = {
  __typename?: 'OrderEdge';
  cursor: Scalars['String']['output'];
  node: Order;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type PlaceOrderInput = {
  branchId: Scalars['ID']['input'];
  items: Array<OrderItemInput>;
  /** Needed where a product requires a prescription. */
  prescriptionId?: InputMaybe<Scalars['ID']['input']>;
  /** A second request with the same key answers with the first one's order. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type OrderItemInput = {
  productId: Scalars['ID']['input'];
  /** 1 to 100. */
  quantity: Scalars['Int']['input'];
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
  Product: Product;
  Branch: Branch;
  Pharmacy: Pharmacy;
  Order: Order;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product: { __typename: 'Product' } & GraphQLRecursivePick<FederationTypes['Product'], { id: true }>;
  Branch: { __typename: 'Branch' } & GraphQLRecursivePick<FederationTypes['Branch'], { id: true }>;
  Pharmacy: { __typename: 'Pharmacy' } & GraphQLRecursivePick<FederationTypes['Pharmacy'], { id: true }>;
  Order: { __typename: 'Order' } & GraphQLRecursivePick<FederationTypes['Order'], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  OrderStatus: OrderStatus;
  DeliveryStatus: DeliveryStatus;
  MedicineForm: MedicineForm;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Product: ResolverTypeWrapper<ProductRecord>;
  ProductCategory: ResolverTypeWrapper<ProductCategoryRecord>;
  Medicine: ResolverTypeWrapper<MedicineRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  StockItem: ResolverTypeWrapper<StockItemRecord>;
  Branch: ResolverTypeWrapper<BranchRecord>;
  Pharmacy: ResolverTypeWrapper<PharmacyRecord>;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  Order: ResolverTypeWrapper<OrderRecord>;
  OrderItem: ResolverTypeWrapper<OrderItemRecord>;
  Delivery: ResolverTypeWrapper<DeliveryRecord>;
  Money: ResolverTypeWrapper<Money>;
  PlaceOrderResult: ResolverTypeWrapper<PlaceOrderResultRecord>;
  OrderPlaced: ResolverTypeWrapper<OrderPlacedRecord>;
  OutOfStock: ResolverTypeWrapper<OutOfStockRecord>;
  OutOfStockItem: ResolverTypeWrapper<OutOfStockItemRecord>;
  ProductConnection: ResolverTypeWrapper<ProductConnectionRecord>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  OrderConnection: ResolverTypeWrapper<OrderConnectionRecord>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PlaceOrderInput: PlaceOrderInput;
  OrderItemInput: OrderItemInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Product: ProductRecord;
  ProductCategory: ProductCategoryRecord;
  Medicine: MedicineRecord;
  Boolean: Scalars['Boolean']['output'];
  StockItem: StockItemRecord;
  Branch: BranchRecord;
  Pharmacy: PharmacyRecord;
  PostalAddress: PostalAddress;
  Order: OrderRecord;
  OrderItem: OrderItemRecord;
  Delivery: DeliveryRecord;
  Money: Money;
  PlaceOrderResult: PlaceOrderResultRecord;
  OrderPlaced: OrderPlacedRecord;
  OutOfStock: OutOfStockRecord;
  OutOfStockItem: OutOfStockItemRecord;
  ProductConnection: ProductConnectionRecord;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  OrderConnection: OrderConnectionRecord;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  PageInfo: PageInfo;
  PlaceOrderInput: PlaceOrderInput;
  OrderItemInput: OrderItemInput;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  searchProducts?: Resolver<
    ResolversTypes['ProductConnection'],
    ParentType,
    ContextType,
    RequireFields<QuerySearchProductsArgs, 'text' | 'first'>
  >;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'id'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  myOrders?: Resolver<
    ResolversTypes['OrderConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryMyOrdersArgs, 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  placeOrder?: Resolver<
    ResolversTypes['PlaceOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPlaceOrderArgs, 'input'>
  >;
};

export type ProductResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'],
  FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Product']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  manufacturer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['ProductCategory'], ParentType, ContextType>;
  medicine?: Resolver<Maybe<ResolversTypes['Medicine']>, ParentType, ContextType>;
  stock?: Resolver<
    Array<ResolversTypes['StockItem']>,
    ParentType,
    ContextType,
    RequireFields<ProductStockArgs, 'first'>
  >;
};

export type ProductCategoryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProductCategory'] = ResolversParentTypes['ProductCategory'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MedicineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Medicine'] = ResolversParentTypes['Medicine'],
> = {
  dosage?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  form?: Resolver<ResolversTypes['MedicineForm'], ParentType, ContextType>;
  prescriptionRequired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type StockItemResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['StockItem'] = ResolversParentTypes['StockItem'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  branch?: Resolver<ResolversTypes['Branch'], ParentType, ContextType>;
};

export type BranchResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Branch'] = ResolversParentTypes['Branch'],
  FederationReferenceType extends FederationReferenceTypes['Branch'] = FederationReferenceTypes['Branch'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Branch']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pharmacy?: Resolver<ResolversTypes['Pharmacy'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['PostalAddress'], ParentType, ContextType>;
};

export type PharmacyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Pharmacy'] = ResolversParentTypes['Pharmacy'],
  FederationReferenceType extends FederationReferenceTypes['Pharmacy'] = FederationReferenceTypes['Pharmacy'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Pharmacy']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type OrderResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'],
  FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Order']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  branch?: Resolver<ResolversTypes['Branch'], ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type OrderItemResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type DeliveryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery'],
> = {
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlaceOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult'],
> = {
  __resolveType?: TypeResolveFn<'OrderPlaced' | 'OutOfStock', ParentType, ContextType>;
};

export type OrderPlacedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderPlaced'] = ResolversParentTypes['OrderPlaced'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutOfStockResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OutOfStock'] = ResolversParentTypes['OutOfStock'],
> = {
  items?: Resolver<Array<ResolversTypes['OutOfStockItem']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutOfStockItemResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OutOfStockItem'] = ResolversParentTypes['OutOfStockItem'],
> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection'],
> = {
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
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
  Decimal?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductCategory?: ProductCategoryResolvers<ContextType>;
  Medicine?: MedicineResolvers<ContextType>;
  StockItem?: StockItemResolvers<ContextType>;
  Branch?: BranchResolvers<ContextType>;
  Pharmacy?: PharmacyResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
  OrderPlaced?: OrderPlacedResolvers<ContextType>;
  OutOfStock?: OutOfStockResolvers<ContextType>;
  OutOfStockItem?: OutOfStockItemResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};
