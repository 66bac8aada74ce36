package dev.interdict.server.audit;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of the audit log.
///
/// @param seq from 1, without gaps
/// @param detail a JSON object in canonical form
/// @param previousHash the hash of the entry before; 64 zeros for the first
/// @param hash SHA-256 over all of the above, in hex
public record AuditEntry(
    long seq,
    Instant at,
    String actor,
    String action,
    String object,
    String detail,
    String previousHash,
    String hash) {
  private static final Pattern REQUEST = Pattern.compile("\"request-id\":\"([0-9a-f]{16})\"");

  /// The id of the request by which the change came; null where none did, or the entry is older
  /// than the server's knowing of it. No member of another name looks the same: a quotation mark
  /// within a text has a backslash before it.
  public @Nullable String request() {
    var found = REQUEST.matcher(detail);
    return found.find() ? found.group(1) : null;
  }
}
