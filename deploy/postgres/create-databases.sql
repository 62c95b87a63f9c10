-- Run once, when the container makes its data. One role and one database for each subgraph, and `events` for all: a role
-- can connect to its own database only, so that no subgraph can read another's tables.
-- The passwords are for a trial on one machine: choose others before anything else.
CREATE ROLE users LOGIN PASSWORD 'users';
CREATE ROLE doctors LOGIN PASSWORD 'doctors';
CREATE ROLE appointments LOGIN PASSWORD 'appointments';
CREATE ROLE clinical LOGIN PASSWORD 'clinical';
CREATE ROLE pharmacy LOGIN PASSWORD 'pharmacy';
CREATE ROLE notifications LOGIN PASSWORD 'notifications';
CREATE ROLE events LOGIN PASSWORD 'events';

CREATE DATABASE users OWNER users;
CREATE DATABASE doctors OWNER doctors;
CREATE DATABASE appointments OWNER appointments;
CREATE DATABASE clinical OWNER clinical;
CREATE DATABASE pharmacy OWNER pharmacy;
CREATE DATABASE notifications OWNER notifications;
CREATE DATABASE events OWNER events;

REVOKE CONNECT ON DATABASE users FROM PUBLIC;
REVOKE CONNECT ON DATABASE doctors FROM PUBLIC;
REVOKE CONNECT ON DATABASE appointments FROM PUBLIC;
REVOKE CONNECT ON DATABASE clinical FROM PUBLIC;
REVOKE CONNECT ON DATABASE pharmacy FROM PUBLIC;
REVOKE CONNECT ON DATABASE notifications FROM PUBLIC;
REVOKE CONNECT ON DATABASE events FROM PUBLIC;
