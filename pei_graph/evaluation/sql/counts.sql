SELECT
    (SELECT count(*) FROM true_person),
    (SELECT count(*) FROM true_person ANTI JOIN records USING (record_id)),
    (SELECT count(*) FROM records ANTI JOIN true_person USING (record_id)),
    (SELECT count(DISTINCT truth) FROM compared),
    (SELECT count(DISTINCT found) FROM compared)
