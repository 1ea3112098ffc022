// The graph's keys in Neo4j. Labels, types and properties are those of every other engine; Neo4j
// needs no tables for them. A key is unique, and found by its index.

CREATE CONSTRAINT source_key IF NOT EXISTS FOR (n:Source) REQUIRE n.source IS UNIQUE;
CREATE CONSTRAINT address_key IF NOT EXISTS FOR (n:Address) REQUIRE n.address_id IS UNIQUE;
CREATE CONSTRAINT person_key IF NOT EXISTS FOR (n:Person) REQUIRE n.person_id IS UNIQUE;
CREATE CONSTRAINT family_key IF NOT EXISTS FOR (n:Family) REQUIRE n.family_id IS UNIQUE;
CREATE CONSTRAINT record_key IF NOT EXISTS FOR (n:Record) REQUIRE n.record_id IS UNIQUE;
CREATE CONSTRAINT involvement_key IF NOT EXISTS FOR (n:Involvement) REQUIRE n.fact_id IS UNIQUE;
CREATE CONSTRAINT criterion_key IF NOT EXISTS FOR (n:Criterion) REQUIRE n.criterion_id IS UNIQUE;
CREATE CONSTRAINT graph_run_key IF NOT EXISTS FOR (n:GraphRun) REQUIRE n.workspace IS UNIQUE;
