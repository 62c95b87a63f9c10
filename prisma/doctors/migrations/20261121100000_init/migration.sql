-- CreateEnum
CREATE TYPE "verification_status" AS ENUM ('PENDING', 'VERIFIED', 'REJECTED');

-- CreateEnum
CREATE TYPE "workplace_type" AS ENUM ('CLINIC', 'HOSPITAL', 'TELEMEDICINE');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('ASSISTANT', 'NURSE');

-- CreateTable
CREATE TABLE "doctor" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL DEFAULT '',
    "specialization" TEXT NOT NULL,
    "verification_status" "verification_status" NOT NULL DEFAULT 'PENDING',
    "bio" TEXT,
    "years_of_experience" INTEGER,
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doctor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workplace" (
    "id" TEXT NOT NULL,
    "doctor_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "workplace_type" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "fee_hundredths" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT,
    "postal_code" TEXT,
    "country" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workplace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "doctor_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("doctor_id","user_id")
);

-- CreateTable
CREATE TABLE "consumer_position" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "consumer_position_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "workplace_doctor_id_name_id_idx" ON "workplace"("doctor_id", "name", "id");

-- CreateIndex
CREATE INDEX "workplace_latitude_idx" ON "workplace"("latitude");

-- CreateIndex
CREATE INDEX "staff_user_id_idx" ON "staff"("user_id");

-- AddForeignKey
ALTER TABLE "workplace" ADD CONSTRAINT "workplace_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot write: invariants, the search index, the distance.

ALTER TABLE doctor
  ALTER COLUMN languages SET NOT NULL,
  ADD CONSTRAINT doctor_has_id CHECK (id <> ''),
  ADD CONSTRAINT doctor_text_lengths CHECK (
    length(display_name) <= 200 AND length(specialization) BETWEEN 1 AND 100 AND length(bio) <= 5000
  ),
  ADD CONSTRAINT doctor_years_of_experience CHECK (years_of_experience BETWEEN 0 AND 80),
  -- The directory orders by the name and finds by it.
  ADD CONSTRAINT verified_doctor_has_name CHECK (verification_status <> 'VERIFIED' OR display_name <> '');

ALTER TABLE workplace
  ADD CONSTRAINT workplace_text_lengths CHECK (
    length(name) BETWEEN 1 AND 200 AND length(time_zone) BETWEEN 1 AND 64 AND length(street) BETWEEN 1 AND 300
    AND length(city) BETWEEN 1 AND 100 AND length(state) <= 100 AND length(postal_code) <= 20
  ),
  ADD CONSTRAINT workplace_fee CHECK (fee_hundredths >= 0),
  ADD CONSTRAINT workplace_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT workplace_country CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT workplace_location CHECK (
    (latitude IS NULL) = (longitude IS NULL)
    AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180
  );

-- How texts are compared without regard to letter case, whatever the locale of the database.
CREATE FUNCTION folded(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(value COLLATE "und-x-icu");

-- The words by which a doctor is found. Not STRICT: a doctor without a biography is found too.
CREATE FUNCTION doctor_words(display_name text, specialization text, bio text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector(
    'pg_catalog.simple'::regconfig,
    lower((display_name || ' ' || specialization || ' ' || coalesce(bio, '')) COLLATE "und-x-icu")
  );

-- Kilometres along the great circle (haversine; mean radius of the Earth 6371.0088 km, IUGG). Arguments in WGS 84 degrees.
CREATE FUNCTION great_circle_km(
  from_latitude double precision, from_longitude double precision,
  to_latitude double precision, to_longitude double precision
) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN 2 * 6371.0088 * asin(least(1, sqrt(
    power(sin(radians(to_latitude - from_latitude) / 2), 2)
    + cos(radians(from_latitude)) * cos(radians(to_latitude)) * power(sin(radians(to_longitude - from_longitude) / 2), 2)
  )));

CREATE INDEX doctor_directory ON doctor (display_name, id) WHERE verification_status = 'VERIFIED';
CREATE INDEX doctor_words ON doctor USING gin (doctor_words(display_name, specialization, bio));
CREATE INDEX doctor_specialization ON doctor (folded(specialization));
CREATE INDEX workplace_city ON workplace (folded(city), doctor_id);
