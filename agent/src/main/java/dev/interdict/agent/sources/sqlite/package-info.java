/// Reads tables of SQLite databases as data, by the file format alone: no library that opens files
/// by path, no SQL, no lock, nothing written.
@NullMarked
package dev.interdict.agent.sources.sqlite;

import org.jspecify.annotations.NullMarked;
