package dev.interdict.server.evidence;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.audit.AuditLog.Range;
import dev.interdict.trust.metadata.LogHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The part of the audit log that was written within a time: to read, and to check without this
/// server.
///
/// @param head of the log after the last of them; null where nothing was ever written
/// @param before the same before the first
record LogRows(AuditLog log, Range range, @Nullable LogHead before, @Nullable LogHead head) {
  private static final List<String> COLUMNS =
      List.of("seq", "at", "actor", "action", "object", "detail", "previous-hash", "hash");

  static LogRows of(AuditLog log, Range range) {
    return new LogRows(log, range, head(log, range.first() - 1), head(log, range.last()));
  }

  private static @Nullable LogHead head(AuditLog log, long seq) {
    return log.from(seq, seq, 1).stream()
        .findFirst()
        .map(entry -> new LogHead(entry.seq(), entry.hash()))
        .orElse(null);
  }

  Table<AuditEntry> table() {
    return new Table<>(
        COLUMNS,
        (last, most) -> log.from(last == null ? range.first() : last.seq() + 1, range.last(), most),
        entry ->
            List.of(
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.object(),
                entry.detail(),
                entry.previousHash(),
                entry.hash()));
  }

  /// Writes a line for each: its hash, a space, and byte for byte what that is over.
  void chain(OutputStream out, Semaphore turns) throws IOException {
    for (var seq = range.first(); seq <= range.last(); ) {
      List<AuditEntry> page;
      turns.acquireUninterruptibly();
      try {
        page = log.from(seq, range.last(), Table.ROWS);
      } finally {
        turns.release();
      }
      if (page.isEmpty()) {
        throw new IOException("entry " + seq + " of the audit log is missing");
      }
      for (var entry : page) {
        out.write((entry.hash() + " ").getBytes(StandardCharsets.UTF_8));
        out.write(Audit.hashed(entry));
        out.write('\n');
      }
      seq = page.getLast().seq() + 1;
    }
  }

  /// Which part it is, for programs.
  ///
  /// @param checkpoint the head that a signed timestamp names; null for none
  byte[] proof(Period period, @Nullable LogHead checkpoint) {
    return JsonWriter.canonical(
        Json.object()
            .put("format", 1)
            .put(
                "period",
                Json.object()
                    .put("from", period.start().toString())
                    .put("to", period.end().toString())
                    .build())
            .put("entries", range.count())
            .put("first", range.first())
            .put("before", json(before))
            .put("head", json(head))
            .put("checkpoint", json(checkpoint))
            .build());
  }

  private static Json.@Nullable Obj json(@Nullable LogHead head) {
    return head == null
        ? null
        : Json.object().put("length", head.length()).put("sha256", head.sha256()).build();
  }
}
