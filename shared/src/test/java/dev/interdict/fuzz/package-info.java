/// Throws changed inputs at the parsers of bytes that nobody has verified; see
/// `shared/docs/fuzzing.md`.
///
/// Comes in: real inputs and the one error a parser may answer with. Goes out: nothing, or a
/// failure that names the round by which it comes again. Used by the tests of every module.
@NullMarked
package dev.interdict.fuzz;

import org.jspecify.annotations.NullMarked;
