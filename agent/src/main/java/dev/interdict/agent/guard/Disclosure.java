package dev.interdict.agent.guard;

import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.json.Json;
import dev.interdict.report.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Shows people what of this device leaves it, byte for byte.
final class Disclosure implements Desk.Files {
  private static final int MOST_BYTES = 512 << 10;

  private final Outbox outbox;
  private final Looks looks;
  private final Pseudonyms names;
  private final Board board;

  Disclosure(Outbox outbox, Looks looks, Pseudonyms names, Board board) {
    this.outbox = outbox;
    this.looks = looks;
    this.names = names;
    this.board = board;
  }

  @Override
  public synchronized Json myData(String user, boolean all) throws IOException {
    var reports = new ArrayList<Json>();
    for (var report : outbox.newest(MOST_BYTES)) {
      reports.add(report(report, user, all));
    }
    return Json.object()
        .put("you", names.of(user))
        .put("reports", reports)
        .put("collection", collection())
        .put("looks", looks.last().stream().map(Look::json).toList())
        .build();
  }

  /// What the signers allow to be told, or null before the first policy.
  private @Nullable Json collection() {
    var standing = board.posted().standing();
    return standing == null ? null : standing.policy().blocklist().collection().json();
  }

  private Json report(Outbox.Kept report, String user, boolean all) {
    var own = all ? null : Excerpt.of(report.bytes(), names.of(user));
    var bytes = own == null ? report.bytes() : own.bytes();
    return Json.object()
        .put("sequence", report.sequence())
        .put("delivered", report.status() == Outbox.Kept.DELIVERED)
        .put("outcome", outcome(report.status()))
        .put("refused", refusal(report.status()))
        .put("others-left-out", own == null ? 0 : own.leftOut())
        .put("bytes", new String(bytes, StandardCharsets.UTF_8))
        .build();
  }

  private static String outcome(int status) {
    return switch (status) {
      case Outbox.Kept.WAITING -> "waiting";
      case Outbox.Kept.DELIVERED -> "delivered";
      default -> "refused";
    };
  }

  /// Why the server refused it for good, or null.
  private static @Nullable String refusal(int status) {
    return switch (status) {
      case Outbox.Kept.WAITING, Outbox.Kept.DELIVERED -> null;
      case 409 -> "history";
      case 413 -> "too-large";
      case 400, 422 -> "unreadable";
      default -> "other";
    };
  }
}
