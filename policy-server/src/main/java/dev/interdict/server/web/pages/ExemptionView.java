package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One device and rule: what was asked, what was found there, what was decided, and what whoever
/// looks may do now.
///
/// @param answer of `getExemptions`
/// @param onDevice where the device stands with the rule; nothing where it never reported on it
/// @param zone the rule's, in which ends are written
/// @param waiting the case that waits for the second step; nothing where none does
/// @param holding the exemption that holds; nothing where none does
/// @param barred why whoever looks may not take the next step, in words; null where they may
/// @param until what the form begins with, as it is typed
/// @param most no end is later than that
/// @param due by when somebody should decide; null where nobody has to
public record ExemptionView(
    Row answer,
    About about,
    Row onDevice,
    @Nullable Standing standing,
    ZoneId zone,
    Row waiting,
    Row holding,
    @Nullable String barred,
    String until,
    Instant most,
    @Nullable Instant due,
    List<Happening> history,
    String me,
    Clock clock)
    implements View {

  /// Whose and what it is.
  ///
  /// @param name what people call the rule
  public record About(String device, String host, String rule, String name) {}

  /// Something that was asked or decided.
  ///
  /// @param who did it; empty for the employee
  /// @param words what was said; empty for nothing
  /// @param beside the case, where what was written down beside it is told here; nothing elsewhere
  public record Happening(
      Instant at, String who, String what, String words, Row beside, @Nullable Instant until) {}

  public ExemptionView {
    history = List.copyOf(history);
  }

  /// What was asked and nobody looked at; nothing where there is none.
  public Row request() {
    return answer.row("request");
  }

  /// What the employee asked for in the case that waits or holds; nothing where nobody asked.
  public Row asked() {
    var one = waiting.has("case") ? waiting : holding;
    return answer.rows("requests").stream()
        .filter(row -> row.text("request").equals(one.text("request")))
        .findFirst()
        .orElse(Row.NONE);
  }

  /// Whether something waits for a decision.
  public boolean waits() {
    return answer.has("request") || waiting.has("case");
  }

  @Override
  public String template() {
    return "exemption.jte";
  }
}
