/// Which part of the fleet somebody sees.
///
/// In: departments as an administrator wrote them. Out: whether a department is among them.
///
/// A value that people carry and queries take; knows neither.
@NullMarked
package dev.interdict.server.scope;

import org.jspecify.annotations.NullMarked;
