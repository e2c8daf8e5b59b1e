-- An index file as version 1 of the tables had it; it is never changed.
BEGIN TRANSACTION;
CREATE TABLE blocks (
        doc INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, content BLOB NOT NULL);
INSERT INTO "blocks" VALUES(1,X'789C8B8E0500011500B9');
INSERT INTO "blocks" VALUES(2,X'789C8B8E0500011500B9');
CREATE TABLE chunks (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (doc, number));
INSERT INTO "chunks" VALUES(1,0,X'789C011700E8FFE7ACACE4B880E6A29D20E794A8E8AA9EE38082F09F9880BF760F80');
INSERT INTO "chunks" VALUES(2,0,X'789C7BBE72170004C4024B');
CREATE TABLE documents (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL,
        sha256 TEXT NOT NULL, characters INTEGER NOT NULL, metadata TEXT NOT NULL);
INSERT INTO "documents" VALUES(1,'a','a.txt','題a','zh-Hant','text','0000000000000000000000000000000000000000000000000000000000000000',8,'{"date":"1971"}');
INSERT INTO "documents" VALUES(2,'b','b.txt','題b','zh-Hant','text','0000000000000000000000000000000000000000000000000000000000000000',1,'{"date":"1971"}');
CREATE TABLE files (
        doc TEXT PRIMARY KEY, root TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL, entry TEXT NOT NULL, stamp TEXT NOT NULL, state TEXT NOT NULL, problem TEXT NOT NULL)
        WITHOUT ROWID;
INSERT INTO "files" VALUES('a','/c','/c/a.txt',9,8,'0','','','ok','');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('generation','1-0');
CREATE TABLE passages (
        key INTEGER PRIMARY KEY AUTOINCREMENT, doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        record INTEGER NOT NULL, pieces TEXT NOT NULL);
INSERT INTO "passages" VALUES(1,1,0,'[0,2]');
INSERT INTO "passages" VALUES(2,1,1,'[1,3]');
INSERT INTO "passages" VALUES(3,1,2,'[2,4]');
CREATE TABLE problems (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, seq INTEGER NOT NULL, stage TEXT NOT NULL,
        code TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL, start INTEGER, stop INTEGER,
        PRIMARY KEY (doc, seq)) WITHOUT ROWID;
INSERT INTO "problems" VALUES(1,0,'structure','c','m','h',0,1);
CREATE TABLE records (
        doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, seq INTEGER NOT NULL,
        id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, parent TEXT,
        label TEXT NOT NULL, headings TEXT NOT NULL, fields TEXT NOT NULL,
        PRIMARY KEY (doc, seq));
INSERT INTO "records" VALUES(1,0,'art_1','article',0,3,NULL,'第0條','["章"]','{"n":0}');
INSERT INTO "records" VALUES(1,1,'art_1.1','provision',1,4,'art_1','第1條','["章"]','{"n":1}');
INSERT INTO "records" VALUES(1,2,'art_2','article',2,5,NULL,'第2條','["章"]','{"n":2}');
CREATE UNIQUE INDEX records_by_id ON records (doc, id);
CREATE INDEX records_by_kind ON records (kind, doc, seq);
CREATE INDEX passages_by_doc ON passages (doc);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('passages',3);
COMMIT;
PRAGMA user_version = 1;
