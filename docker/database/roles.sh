#!/usr/bin/env bash
# Makes the owner of the tables, the role that row-level security binds, and the database.
set -euo pipefail

psql --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set ON_ERROR_STOP=1 \
  --set owner_password="$(cat /run/gatehouse/owner.password)" \
  --set application_password="$(cat /run/gatehouse/application.password)" <<'SQL'
create role gatehouse_owner with login nosuperuser nocreatedb nocreaterole nobypassrls
  password :'owner_password';
create role gatehouse_api with login nosuperuser nocreatedb nocreaterole nobypassrls
  password :'application_password';
create database gatehouse owner gatehouse_owner;
revoke all on database gatehouse from public;
grant connect on database gatehouse to gatehouse_api;
SQL
