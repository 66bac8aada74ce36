/// Who complies: the one definition of every state that is counted, and the queries that count.
///
/// In: the projections of reports, a clock, how long a device may be silent. Out: immutable records
/// for pages, the API, exports and samples alike, so that a counter and its list cannot differ.
///
/// Never writes device tables, and never counts a silent, unsupported or partly scanned device as
/// clear.
@NullMarked
package dev.interdict.server.compliance;

import org.jspecify.annotations.NullMarked;
