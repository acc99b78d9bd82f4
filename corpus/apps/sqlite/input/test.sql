CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, v REAL);
CREATE INDEX ti ON t(name);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
INSERT INTO t SELECT i, 'name' || (i * 7919 % 2003), i / 7.0 FROM n;
SELECT count(*), sum(v), min(name), max(name) FROM t;
SELECT id, name, round(v, 3) FROM t WHERE name LIKE 'name19%' ORDER BY name LIMIT 5;
BEGIN; UPDATE t SET v = v * 2 WHERE id % 3 = 0; SELECT total(v) FROM t; ROLLBACK;
SELECT total(v) FROM t;
.mode column
.headers on
SELECT substr(name, 1, 6) AS prefix, count(*) AS n, avg(v) FROM t GROUP BY 1 ORDER BY 2 DESC LIMIT 4;
CREATE VIEW big AS SELECT * FROM t WHERE v > 280;
SELECT count(*) FROM big;
SELECT json_extract('{"a":[1,2,{"b":3}]}', '$.a[2].b'), printf('%.3f|%5d|%s', 3.14159, 42, 'x');
SELECT date('2020-02-28', '+2 days'), strftime('%W', '2021-03-04'), hex(zeroblob(2));
EXPLAIN QUERY PLAN SELECT * FROM t WHERE name = 'name5';
DELETE FROM t WHERE id > 10;
.dump
PRAGMA integrity_check;
