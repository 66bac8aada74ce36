package dev.interdict.server.fleet;

import dev.interdict.report.Report;

/// A report that its device proved to have sent, read and not stored.
///
/// @param key the device's, which proved it, 64 hex digits
/// @param body its exact bytes
/// @param hash of those
record Arrived(Report report, String key, byte[] body, String hash) {}
