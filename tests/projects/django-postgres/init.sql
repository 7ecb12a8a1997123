CREATE TABLE greeting (words text);
INSERT INTO greeting VALUES ('Hello from PostgreSQL');
