-- What each account of the book holds; together they hold nothing.
SELECT book_id AS book, sum(amount)::bigint AS amount
FROM hub_payments_posting GROUP BY book_id ORDER BY book_id
