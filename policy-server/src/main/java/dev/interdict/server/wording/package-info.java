/// What the server says to people in a sentence of its own, so that each of them reads it in their
/// language.
///
/// In: a sentence in English where the reason for it is known, with a name and what stands in it.
/// Out: the English for programs and logs, and the name with the values for whoever has the words
/// of another language. Knows no language and no page.
@NullMarked
package dev.interdict.server.wording;

import org.jspecify.annotations.NullMarked;
