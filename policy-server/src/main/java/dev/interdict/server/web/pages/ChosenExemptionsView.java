package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Evidence;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several requests and exemptions, before they are decided alike.
///
/// @param list where they were chosen
/// @param gone how many of those that were chosen are not there any more
/// @param zone in which an end for all is typed
public record ChosenExemptionsView(
    Href list, List<Line> lines, int gone, ZoneId zone, String me, Clock clock) implements View {

  /// One of them.
  ///
  /// @param href its own page
  /// @param name what people call the rule
  /// @param seen what a decision names of it
  /// @param request what nobody looked at; nothing where nothing is
  /// @param waiting the case that waits for the second step; nothing where none does
  /// @param holding the exemption that holds; nothing where none does
  /// @param barred why whoever looks may not take the next step; null where they may
  /// @param zone the rule's, in which its end is written
  /// @param evidence what was found there; null where the device is not known
  public record Line(
      String device,
      String host,
      Href href,
      String rule,
      String name,
      String seen,
      Row request,
      Row waiting,
      Row holding,
      @Nullable String barred,
      ZoneId zone,
      @Nullable Evidence evidence) {

    /// Whether something waits for a decision.
    public boolean waits() {
      return request.has("request") || waiting.has("case");
    }

    /// Whether the next step is the second of two.
    public boolean second() {
      return waiting.has("case");
    }

    /// What is asked, or was agreed to, or holds.
    public Row words() {
      return waiting.has("case") ? waiting : request.has("request") ? request : holding;
    }

    /// Until when it would hold, or does; null where no end was named.
    public @Nullable Instant until() {
      return words().instant("until");
    }
  }

  public ChosenExemptionsView {
    lines = List.copyOf(lines);
  }

  /// Those whose next step whoever looks may take.
  public List<Line> grantable() {
    return lines.stream().filter(line -> line.waits() && line.barred() == null).toList();
  }

  /// How many of [#grantable] are exempt by that step.
  public long seconds() {
    return grantable().stream().filter(Line::second).count();
  }

  /// Those that wait.
  public List<Line> waiting() {
    return lines.stream().filter(Line::waits).toList();
  }

  /// Those that hold.
  public List<Line> holding() {
    return lines.stream().filter(line -> line.holding().has("case")).toList();
  }

  @Override
  public String template() {
    return "exemptions-chosen.jte";
  }
}
