/// Writes documents in the Portable Document Format (ISO 32000-1): pages of text, lines, areas and
/// tables, in the fonts that every reader has or finds, so that none has to be shipped.
///
/// In: text of anybody's and drawings. Out: one file; the same content is the same bytes.
///
/// Never lets a text end its place, hide what it says, or leave the page: what cannot be seen, or
/// has no place in those fonts, is shown by its number.
@NullMarked
package dev.interdict.server.pdf;

import org.jspecify.annotations.NullMarked;
