-- One published file: written once by builder.py, afterwards only read.
-- PRAGMA user_version holds the number of this schema (schema.py); snapshot.py refuses any other.

CREATE TABLE library (
  generation TEXT NOT NULL,     -- digest of the ids, versions and contents of all dictionaries, in their order
  keys BLOB NOT NULL,           -- the folded keys of all headwords and variants, in order, as vocabulary.py packs them
  sounds BLOB NOT NULL          -- how each of them sounds
);

CREATE TABLE dictionary (
  id TEXT PRIMARY KEY,          -- chosen at load: vi-en
  position INTEGER NOT NULL,    -- order in which dictionaries are listed and rank among equals: that of loading
  title TEXT NOT NULL,
  source_language TEXT NOT NULL,-- ISO 639-1 code of the headwords
  target_language TEXT NOT NULL,-- ISO 639-1 code of the glosses
  licence TEXT NOT NULL,        -- SPDX expression where known
  origin TEXT NOT NULL,         -- URL, author or project
  description TEXT NOT NULL,
  version TEXT NOT NULL,
  entry_count INTEGER NOT NULL,
  digest TEXT NOT NULL,         -- of everything above and of every entry
  bundled TEXT NOT NULL,        -- digest of the bundled file it was loaded from; empty for other dictionaries
  first_entry INTEGER NOT NULL  -- its entries have the ids first_entry … first_entry + entry_count - 1
);

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,       -- consecutive within a dictionary, which its range tells
  headword TEXT NOT NULL,       -- as it is shown
  ordinal INTEGER NOT NULL,     -- 0, 1, 2 … among the entries of this headword in this dictionary
  homonym INTEGER NOT NULL,     -- the number shown beside the headword; 0 where it is the only one
  commonness INTEGER NOT NULL,  -- 0 (unknown) … 255, in 1/25 Zipf
  prior INTEGER NOT NULL,       -- the same as far as word lists and the entry itself tell
  body BLOB NOT NULL            -- the rest of the entry, as entry_codec.py encodes it
);

CREATE TABLE key (
  key TEXT NOT NULL,            -- a key that language/keys.py makes
  kind INTEGER NOT NULL,        -- which: KeyKind in key_rows.py
  entry INTEGER NOT NULL,       -- entry.id
  text TEXT,                    -- the variant, form or idiom as written, where it is not the key itself
  PRIMARY KEY (key, kind, entry)
) WITHOUT ROWID;

-- The keys of each language and, where it has keys of its own, how they are written, as vocabulary.py packs them.
CREATE TABLE vocabulary (
  language TEXT PRIMARY KEY,
  commonness BLOB NOT NULL,     -- a letter for each of library.keys
  counts BLOB NOT NULL,         -- how many spellings each key of the language has
  written BLOB NOT NULL,        -- the spellings
  written_commonness BLOB NOT NULL  -- a letter for each spelling
);

CREATE TABLE permalink (
  id INTEGER PRIMARY KEY,       -- 56-bit digest of dictionary, headword and ordinal
  entry INTEGER NOT NULL        -- entry.id
);

-- The glosses of every entry, folded, for reverse lookup; rowid is entry.id.
CREATE VIRTUAL TABLE gloss USING fts5(folded, content='', detail='none', tokenize='ascii');

-- Each dictionary in the alphabetical order of its language.
CREATE TABLE alphabet (
  position INTEGER PRIMARY KEY, -- first_entry is the position of the dictionary's first headword
  entry INTEGER NOT NULL        -- entry.id
);

-- The words of headwords and of idioms that have several, folded; rowid is entry.id.
CREATE VIRTUAL TABLE phrase USING fts5(folded, content='', detail='none', columnsize=0, tokenize='ascii');
