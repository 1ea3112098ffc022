// The graph's tables in Ladybug. Node and relationship types and properties are those of every
// other engine. `from_date` and `to_date` of relationships are renamed to `from` and `to` once they
// are loaded: COPY reserves both words for the ends of a relationship.
//
// Scores are whole numbers: `probability` in millionths, rounded down so that nothing becomes
// certain, `weight` and `weakest_link` in thousandths of a bit. Record.identifiers, Person.sources
// and LIVES_AT.sources are text with a line an item. A Record tells its delivery and the day it was
// last seen only where that is not its Source's `latest_delivery`. A relationship table that no
// question follows backwards on a page is stored forwards alone; never say 'bwd', which ends the
// loader. docs/decisions/0006 and 0031 say what each of these saves.

CREATE NODE TABLE Source(
    source STRING PRIMARY KEY, title STRING, agency STRING, owner STRING, team STRING,
    telephone STRING, every STRING, since STRING, covers STRING, latest_delivery DATE,
    records INT64, types STRING[], evidences STRING[]
);
CREATE NODE TABLE Address(
    address_id STRING PRIMARY KEY, uprn STRING, postcode STRING, house STRING, street STRING,
    line STRING, kind STRING, sealed BOOLEAN
);
CREATE NODE TABLE Person(
    person_id STRING PRIMARY KEY, forename STRING, surname STRING, birth_date DATE, died DATE,
    said_died DATE, sex STRING, adult BOOLEAN, records INT64, sources STRING, sealed BOOLEAN,
    family_id STRING, home_id STRING, placed BOOLEAN
);
CREATE NODE TABLE Family(
    family_id STRING PRIMARY KEY, members INT64, adults INT64, children INT64
);
CREATE NODE TABLE Record(
    record_id STRING PRIMARY KEY, source STRING, role STRING,
    forename_given STRING, surname_given STRING, birth_date_given STRING, address_given STRING,
    forename STRING, middle_names STRING, surname STRING, birth_date DATE,
    birth_date_quality STRING, sex STRING, postcode STRING, uprn STRING, identifiers STRING,
    case_family STRING, delivery_id STRING, first_seen DATE, last_seen DATE, in_latest BOOLEAN,
    sealed BOOLEAN
);
CREATE NODE TABLE Involvement(
    fact_id INT64 PRIMARY KEY, type STRING, role STRING, event STRING, `from` DATE, `to` DATE,
    status STRING, detail STRING, value DOUBLE, total DOUBLE, unauthorised DOUBLE, worker STRING,
    telephone STRING, source STRING, sealed BOOLEAN
);
CREATE NODE TABLE Criterion(
    criterion_id STRING PRIMARY KEY, pack STRING, criterion STRING, title STRING, why STRING,
    area STRING, subject STRING, as_of DATE
);

CREATE REL TABLE FROM_SOURCE(FROM Record TO Source) WITH (storage_direction = 'fwd');
CREATE REL TABLE SAME_AS(
    FROM Record TO Record, weight INT32, reason STRING, state STRING
) WITH (storage_direction = 'fwd');
CREATE REL TABLE CANDIDATE_FOR(
    FROM Record TO Person, probability INT32, state STRING, weakest_link INT32, match_key STRING,
    now_with STRING
);
CREATE REL TABLE RECORDED_AT(FROM Record TO Address, from_date DATE, to_date DATE)
    WITH (storage_direction = 'fwd');
CREATE REL TABLE LIVES_AT(
    FROM Person TO Address, from_date DATE, to_date DATE, current BOOLEAN, placed BOOLEAN,
    sources STRING
);
CREATE REL TABLE MEMBER_OF(
    FROM Person TO Family, role STRING, from_date DATE, to_date DATE, sealed BOOLEAN
);
CREATE REL TABLE AT(FROM Family TO Address, from_date DATE, to_date DATE)
    WITH (storage_direction = 'fwd');
CREATE REL TABLE RELATED_TO(
    FROM Person TO Person, kind STRING, kind_back STRING, starts_lower BOOLEAN, source STRING,
    from_date DATE, to_date DATE
);
CREATE REL TABLE EVIDENCES(FROM Record TO Involvement);
CREATE REL TABLE INVOLVED_IN(FROM Person TO Involvement, ended STRING);
CREATE REL TABLE WITH_AGENCY(FROM Involvement TO Source) WITH (storage_direction = 'fwd');
CREATE REL TABLE MEETS(
    FROM Person TO Criterion, FROM Family TO Criterion,
    subject STRING, criterion_id STRING, state STRING, since DATE, value DOUBLE,
    evidence INT64[], because STRING
) WITH (storage_direction = 'fwd');
