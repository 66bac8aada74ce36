package dev.interdict.server.evidence;

import dev.interdict.identity.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The text that says what is in an archive and how to check it. Pure functions.
final class Readme {
  private Readme() {}

  /// @param oldest the first event that is kept; null for none
  static String of(AuditPack.Ready ready, PackWords words, @Nullable Instant oldest) {
    var asked = ready.asked();
    var head = ready.rows().head();
    var rule = asked.rule();
    return words
        .readme()
        .replace("{company}", Printable.of(ready.lists().issuer(), 200))
        .replace("{what}", rule == null ? words.get("all-rules") : rule)
        .replace("{from}", asked.period().from().toString())
        .replace("{to}", asked.period().to().toString())
        .replace("{zone}", asked.period().zone().getId())
        .replace("{known}", ready.known().toString())
        .replace("{oldest}", oldest == null ? words.get("nothing") : oldest.toString())
        .replace("{head}", head == null ? "LENGTH:HASH" : head.length() + ":" + head.sha256());
  }
}
