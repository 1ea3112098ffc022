-- The model that the run was made with.
SELECT
    prior,
    settings,
    decision,
    figures
FROM model
