/// Manual pages and shell completion, made out of the commands themselves when the packages are.
///
/// In: the commands of a program, as they explain themselves. Out: files below a folder, the same
/// bytes each time.
///
/// Never a word that the commands' own help does not say.
@NullMarked
package dev.interdict.manual;

import org.jspecify.annotations.NullMarked;
