-- What the lists of a source say, before it is put together into records.
CREATE TABLE working.said_addresses (
    record_id VARCHAR,
    place BIGINT,
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
    case_family VARCHAR,
    place BIGINT,
    first_seen DATE,
    last_seen DATE,
    in_latest BOOLEAN,
    sealed BOOLEAN
);
