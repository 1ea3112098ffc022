-- What the lists say, shared by every lane: of their rows, addresses, identifiers and names, and the
-- records that each source is put together into.
CREATE TABLE working.seen (
    record_id VARCHAR,
    place BIGINT
);
CREATE TABLE working.said_addresses (
    record_id VARCHAR,
    place BIGINT,
    since DATE,
    said VARCHAR,
    from_date DATE,
    to_date DATE,
    sealed BOOLEAN
);
CREATE TABLE working.said_identifiers (
    record_id VARCHAR,
    place BIGINT,
    scheme VARCHAR,
    given VARCHAR,
    column_name VARCHAR
);
CREATE TABLE working.said_names (
    record_id VARCHAR,
    place BIGINT,
    part VARCHAR,
    spelling VARCHAR
);
CREATE TABLE working.merged (
    record_id VARCHAR,
    role VARCHAR,
    forename VARCHAR,
    middle_names VARCHAR,
    surname VARCHAR,
    name VARCHAR,
    name_part VARCHAR,
    birth_date_given VARCHAR,
    birth_date DATE,
    birth_date_quality VARCHAR,
    born_from DATE,
    born_to DATE,
    sex VARCHAR,
    ethnicity VARCHAR,
    birth_place VARCHAR,
    occupation VARCHAR,
    case_family VARCHAR,
    place BIGINT,
    first_seen DATE,
    last_seen DATE,
    in_latest BOOLEAN,
    sealed BOOLEAN
);
-- Records that are made again although their source delivered nothing new.
CREATE TABLE working.extra (record_id VARCHAR)
