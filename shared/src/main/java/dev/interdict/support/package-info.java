/// Support bundles: one file that somebody can hand to whoever helps, with nothing in it that is a
/// secret or says who somebody is.
///
/// In: texts and JSON of a program's own making. Out: a ZIP in which every one of them has passed
/// [dev.interdict.support.Redaction], and a manifest that says what was taken out.
@NullMarked
package dev.interdict.support;

import org.jspecify.annotations.NullMarked;
