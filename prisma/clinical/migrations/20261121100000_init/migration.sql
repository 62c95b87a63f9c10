-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "allergy_severity" AS ENUM ('MILD', 'MODERATE', 'SEVERE');

-- CreateEnum
CREATE TYPE "prescription_status" AS ENUM ('ACTIVE', 'COMPLETED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "audit_action" AS ENUM ('CREATE', 'READ', 'UPDATE', 'DELETE');

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('SUCCESS', 'DENIED');

-- CreateTable
CREATE TABLE "consultation" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "appointment_id" TEXT,
    "diagnosis" TEXT NOT NULL,
    "notes" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consultation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prescription" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "status" "prescription_status" NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" TEXT,
    "request_hash" TEXT,

    CONSTRAINT "prescription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prescription_item" (
    "id" TEXT NOT NULL,
    "prescription_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" TEXT NOT NULL,
    "dosage" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "duration_days" INTEGER NOT NULL,

    CONSTRAINT "prescription_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allergy_intolerance" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "substance" TEXT NOT NULL,
    "severity" "allergy_severity" NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "allergy_intolerance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinical_document" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clinical_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_referral" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timeline_referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "treatment" (
    "patient_id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "treatment_pkey" PRIMARY KEY ("patient_id","doctor_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "patient_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" "audit_action" NOT NULL,
    "outcome" "audit_outcome" NOT NULL,
    "reason" TEXT NOT NULL,
    "entity" TEXT,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_product" (
    "id" TEXT NOT NULL,

    CONSTRAINT "known_product_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "consultation_patient_id_occurred_at_id_idx" ON "consultation"("patient_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "prescription_patient_id_occurred_at_id_idx" ON "prescription"("patient_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "prescription_doctor_id_idempotency_key_key" ON "prescription"("doctor_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "prescription_item_prescription_id_position_key" ON "prescription_item"("prescription_id", "position");

-- CreateIndex
CREATE INDEX "allergy_intolerance_patient_id_idx" ON "allergy_intolerance"("patient_id");

-- CreateIndex
CREATE INDEX "clinical_document_patient_id_occurred_at_id_idx" ON "clinical_document"("patient_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "timeline_referral_patient_id_occurred_at_id_idx" ON "timeline_referral"("patient_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "consent_doctor_id_patient_id_idx" ON "consent"("doctor_id", "patient_id");

-- CreateIndex
CREATE INDEX "audit_event_patient_id_occurred_at_id_idx" ON "audit_event"("patient_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- AddForeignKey
ALTER TABLE "prescription_item" ADD CONSTRAINT "prescription_item_prescription_id_fkey" FOREIGN KEY ("prescription_id") REFERENCES "prescription"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot write.

ALTER TABLE consultation
  ADD CONSTRAINT consultation_texts CHECK (length(diagnosis) BETWEEN 1 AND 500 AND length(notes) <= 10000);

ALTER TABLE prescription
  ADD CONSTRAINT prescription_key_with_hash CHECK ((idempotency_key IS NULL) = (request_hash IS NULL));

ALTER TABLE prescription_item
  ADD CONSTRAINT prescription_item_position CHECK (position BETWEEN 0 AND 19),
  ADD CONSTRAINT prescription_item_duration CHECK (duration_days BETWEEN 1 AND 365),
  ADD CONSTRAINT prescription_item_texts CHECK (length(dosage) BETWEEN 1 AND 200 AND length(frequency) BETWEEN 1 AND 200);

-- One consent of a patient for a doctor that has not ended.
CREATE UNIQUE INDEX consent_one_open ON consent (patient_id, doctor_id) WHERE ended_at IS NULL;

ALTER TABLE consent
  ADD CONSTRAINT consent_not_for_oneself CHECK (patient_id <> doctor_id),
  ADD CONSTRAINT consent_revoked_is_ended CHECK (revoked_at IS NULL OR ended_at IS NOT NULL),
  ADD CONSTRAINT consent_expires_after_grant CHECK (expires_at > granted_at);

-- The audit trail only grows, whoever asks.
CREATE FUNCTION audit_event_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only';
END
$$;

CREATE TRIGGER audit_event_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse_change();

CREATE INDEX outbox_unpublished ON outbox (sequence) WHERE published_at IS NULL;

CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('caregraph_outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION outbox_announce();
