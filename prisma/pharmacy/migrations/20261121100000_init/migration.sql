-- Finds products by parts of words, and by words that are spelled almost right.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "medicine_form" AS ENUM ('TABLET', 'CAPSULE', 'SYRUP', 'INJECTION', 'CREAM', 'DROPS', 'INHALER');

-- CreateEnum
CREATE TYPE "order_status" AS ENUM ('PLACED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY', 'DELIVERED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'DISPATCHED', 'DELIVERED', 'FAILED');

-- CreateTable
CREATE TABLE "pharmacy" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "pharmacy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branch" (
    "id" TEXT NOT NULL,
    "pharmacy_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT,
    "postal_code" TEXT,
    "country" TEXT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "category" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "manufacturer" TEXT NOT NULL,
    "category_id" TEXT NOT NULL,
    "dosage" TEXT,
    "form" "medicine_form",
    "prescription_required" BOOLEAN,
    "search_text" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock" (
    "id" TEXT NOT NULL,
    "branch_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "price_hundredths" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "stock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_prescription" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "known_prescription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "branch_id" TEXT NOT NULL,
    "status" "order_status" NOT NULL,
    "total_hundredths" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "prescription_id" TEXT,
    "idempotency_key" TEXT,
    "request_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_item" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price_hundredths" INTEGER NOT NULL,

    CONSTRAINT "order_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "order_id" TEXT NOT NULL,
    "status" "delivery_status" NOT NULL,
    "tracking_number" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "sequence" BIGSERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "audience" TEXT[],
    "data" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "consumer_position" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "consumer_position_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "branch_pharmacy_id_idx" ON "branch"("pharmacy_id");

-- CreateIndex
CREATE UNIQUE INDEX "branch_id_currency_key" ON "branch"("id", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "category_name_key" ON "category"("name");

-- CreateIndex
CREATE INDEX "product_category_id_idx" ON "product"("category_id");

-- CreateIndex
CREATE INDEX "product_search_text_idx" ON "product" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "stock_product_id_quantity_id_idx" ON "stock"("product_id", "quantity" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_branch_id_product_id_key" ON "stock"("branch_id", "product_id");

-- CreateIndex
CREATE INDEX "orders_patient_id_created_at_id_idx" ON "orders"("patient_id", "created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_patient_id_idempotency_key_key" ON "orders"("patient_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "order_item_order_id_position_key" ON "order_item"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "order_item_order_id_product_id_key" ON "order_item"("order_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- AddForeignKey
ALTER TABLE "branch" ADD CONSTRAINT "branch_pharmacy_id_fkey" FOREIGN KEY ("pharmacy_id") REFERENCES "pharmacy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock" ADD CONSTRAINT "stock_branch_id_currency_fkey" FOREIGN KEY ("branch_id", "currency") REFERENCES "branch"("id", "currency") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stock" ADD CONSTRAINT "stock_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_branch_id_currency_fkey" FOREIGN KEY ("branch_id", "currency") REFERENCES "branch"("id", "currency") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "order_item" ADD CONSTRAINT "order_item_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_item" ADD CONSTRAINT "order_item_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot write.

ALTER TABLE branch
  ADD CONSTRAINT branch_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT branch_country CHECK (country ~ '^[A-Z]{2}$');

-- A medicine has all three, anything else none.
ALTER TABLE product
  ADD CONSTRAINT product_medicine CHECK (num_nonnulls(dosage, form, prescription_required) IN (0, 3));

-- Nobody can order what is not there.
ALTER TABLE stock
  ADD CONSTRAINT stock_quantity CHECK (quantity >= 0),
  ADD CONSTRAINT stock_price CHECK (price_hundredths > 0);

ALTER TABLE orders
  ADD CONSTRAINT orders_total CHECK (total_hundredths > 0),
  ADD CONSTRAINT orders_key_with_hash CHECK ((idempotency_key IS NULL) = (request_hash IS NULL));

ALTER TABLE order_item
  ADD CONSTRAINT order_item_position CHECK (position BETWEEN 0 AND 49),
  ADD CONSTRAINT order_item_quantity CHECK (quantity BETWEEN 1 AND 100),
  ADD CONSTRAINT order_item_price CHECK (unit_price_hundredths > 0);

CREATE FUNCTION product_make_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := lower(concat_ws(' ', NEW.name, NEW.manufacturer, (SELECT name FROM category WHERE id = NEW.category_id)));
  RETURN NEW;
END
$$;

CREATE TRIGGER product_make_search_text BEFORE INSERT OR UPDATE OF name, manufacturer, category_id, search_text ON product
  FOR EACH ROW EXECUTE FUNCTION product_make_search_text();

CREATE FUNCTION category_renew_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE product SET search_text = '' WHERE category_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER category_renew_search_text AFTER UPDATE OF name ON category
  FOR EACH ROW EXECUTE FUNCTION category_renew_search_text();

CREATE INDEX outbox_unpublished ON outbox (sequence) WHERE published_at IS NULL;

CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('caregraph_outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_announce();
