/// Files of comma-separated values (RFC 4180), as people export them from other programs.
///
/// In: bytes of anybody's making and their encoding. Out: records in order, each with the line it
/// starts on, or what is wrong with it.
///
/// Memory is bounded whatever the file holds; a value is text and is never evaluated.
@NullMarked
package dev.interdict.server.csv;

import org.jspecify.annotations.NullMarked;
