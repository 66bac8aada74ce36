/// The grammar by which lists are narrowed and ordered, the same for a page, the API and an export.
///
/// In: the keys of an address with their values. Out: what they say, as values that a slice makes
/// its filter of; or a complaint that names the key. Knows no table and nobody who asks.
@NullMarked
package dev.interdict.server.query;

import org.jspecify.annotations.NullMarked;
