package dev.interdict.server.fleet;

import dev.interdict.report.Report;
import java.util.Set;

/// A report that its device proved to have sent, read and not stored.
///
/// @param key the device's, which proved it, 64 hex digits
/// @param body its exact bytes
/// @param hash of those
/// @param published the rules of the report that are on the list: of others nobody is told
record Arrived(Report report, String key, byte[] body, String hash, Set<String> published) {}
