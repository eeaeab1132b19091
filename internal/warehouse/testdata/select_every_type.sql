SELECT
    text, number, word, tiny, small, medium, signed_medium, signed, real,
    truth, is_deleted, moment, amount, day, choice,
    maybe_number, maybe_day, maybe_real,
    texts, moments, truths, mediums, numbers, signeds, reals
FROM every_type
ORDER BY number
