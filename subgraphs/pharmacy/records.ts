import type { Connection } from '../shared/connection.ts';

/** What stands behind the types of the schema: the catalogue, the stock and the orders as the store reads them. */

export interface ProductRecord {
  readonly id: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly categoryId: string;
  /** These three are null together, for what is not a medicine. */
  readonly dosage: string | null;
  readonly form: MedicineRecord['form'] | null;
  readonly prescriptionRequired: boolean | null;
}

export interface MedicineRecord {
  readonly dosage: string;
  readonly form: 'TABLET' | 'CAPSULE' | 'SYRUP' | 'INJECTION' | 'CREAM' | 'DROPS' | 'INHALER';
  readonly prescriptionRequired: boolean;
}

export interface ProductCategoryRecord {
  readonly id: string;
  readonly name: string;
}

export interface StockItemRecord {
  readonly id: string;
  readonly branchId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly priceHundredths: number;
  readonly currency: string;
}

export interface BranchRecord {
  readonly id: string;
  readonly pharmacyId: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string;
}

export interface PharmacyRecord {
  readonly id: string;
  readonly name: string;
}

export interface OrderRecord {
  readonly id: string;
  readonly patientId: string;
  readonly branchId: string;
  readonly status: 'PLACED' | 'PREPARING' | 'READY' | 'OUT_FOR_DELIVERY' | 'DELIVERED' | 'CANCELLED';
  /** At most 50 items of 100 pieces, so far below what a double holds exactly. */
  readonly totalHundredths: number;
  readonly currency: string;
  readonly createdAt: Date;
}

export interface OrderItemRecord {
  readonly id: string;
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceHundredths: number;
  readonly currency: string;
}

export interface DeliveryRecord {
  readonly orderId: string;
  readonly status: 'PENDING' | 'DISPATCHED' | 'DELIVERED' | 'FAILED';
  readonly trackingNumber: string | null;
}

export interface OrderPlacedRecord {
  readonly kind: 'OrderPlaced';
  readonly order: OrderRecord;
}

export interface OutOfStockRecord {
  readonly kind: 'OutOfStock';
  readonly items: OutOfStockItemRecord[];
}

export interface OutOfStockItemRecord {
  readonly productId: string;
  readonly requested: number;
  readonly available: number;
}

export type PlaceOrderResultRecord = OrderPlacedRecord | OutOfStockRecord;

export type ProductConnectionRecord = Connection<ProductRecord>;

export type OrderConnectionRecord = Connection<OrderRecord>;
