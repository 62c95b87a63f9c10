-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "appointment_status" AS ENUM ('REQUESTED', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW');

-- CreateEnum
CREATE TYPE "appointment_type" AS ENUM ('IN_PERSON', 'VIDEO', 'FOLLOW_UP');

-- CreateEnum
CREATE TYPE "referral_status" AS ENUM ('REQUESTED', 'ACCEPTED', 'REJECTED', 'ACTIVE', 'COMPLETED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('ASSISTANT', 'NURSE');

-- CreateTable
CREATE TABLE "slot" (
    "id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "workplace_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" TEXT NOT NULL,
    "slot_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "workplace_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "appointment_status" NOT NULL DEFAULT 'REQUESTED',
    "type" "appointment_type" NOT NULL DEFAULT 'IN_PERSON',
    "reason" TEXT,
    "booked_by" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "request_digest" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_status_event" (
    "event_id" TEXT NOT NULL,
    "appointment_id" TEXT NOT NULL,
    "previous_status" "appointment_status",
    "status" "appointment_status" NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,
    "reason" TEXT,
    "version" INTEGER NOT NULL,

    CONSTRAINT "appointment_status_event_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "staff_assignment" (
    "doctor_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,

    CONSTRAINT "staff_assignment_pkey" PRIMARY KEY ("doctor_id","user_id","role")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" TEXT NOT NULL,
    "from_doctor_id" TEXT NOT NULL,
    "to_doctor_id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "status" "referral_status" NOT NULL DEFAULT 'REQUESTED',
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
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

-- CreateIndex
CREATE UNIQUE INDEX "slot_doctor_id_starts_at_key" ON "slot"("doctor_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_doctor_id_starts_at_id_idx" ON "appointment"("doctor_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_patient_id_starts_at_id_idx" ON "appointment"("patient_id", "starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_booked_by_idempotency_key_key" ON "appointment"("booked_by", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_status_event_appointment_id_version_key" ON "appointment_status_event"("appointment_id", "version");

-- CreateIndex
CREATE INDEX "staff_assignment_user_id_idx" ON "staff_assignment"("user_id");

-- CreateIndex
CREATE INDEX "referral_from_doctor_id_created_at_idx" ON "referral"("from_doctor_id", "created_at");

-- CreateIndex
CREATE INDEX "referral_to_doctor_id_created_at_idx" ON "referral"("to_doctor_id", "created_at");

-- CreateIndex
CREATE INDEX "referral_patient_id_created_at_idx" ON "referral"("patient_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_status_event" ADD CONSTRAINT "appointment_status_event_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE slot ADD CONSTRAINT slot_ends_after_start CHECK (ends_at > starts_at);

ALTER TABLE appointment
  ADD CONSTRAINT appointment_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT appointment_reason_length CHECK (char_length(reason) <= 1000),
  ADD CONSTRAINT appointment_key_has_digest CHECK ((idempotency_key IS NULL) = (request_digest IS NULL));

-- Nobody is booked twice for the same time: neither a slot, nor a doctor (whose slots may overlap), nor a patient. Cancelled and
-- rejected appointments give their time back; all others, also those that are over, keep it.
CREATE UNIQUE INDEX appointment_slot_taken ON appointment (slot_id) WHERE status NOT IN ('CANCELLED', 'REJECTED');

ALTER TABLE appointment
  ADD CONSTRAINT appointment_doctor_busy
    EXCLUDE USING gist (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status NOT IN ('CANCELLED', 'REJECTED')),
  ADD CONSTRAINT appointment_patient_busy
    EXCLUDE USING gist (patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status NOT IN ('CANCELLED', 'REJECTED'));

ALTER TABLE referral ADD CONSTRAINT referral_to_another_doctor CHECK (from_doctor_id <> to_doctor_id);

CREATE INDEX outbox_unpublished ON outbox (sequence) WHERE published_at IS NULL;

CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('caregraph_outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_announce();
