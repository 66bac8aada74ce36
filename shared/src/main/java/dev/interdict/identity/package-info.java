/// What a piece of software is called and which of its versions are meant: text in, typed values
/// out, by the package URL and VERS specifications, with plain globs for paths and model names.
///
/// Pure values: no disk, no clock, no regular expression. Text that is not understood is refused or
/// answered with UNKNOWN; it never counts as a match.
@NullMarked
package dev.interdict.identity;

import org.jspecify.annotations.NullMarked;
